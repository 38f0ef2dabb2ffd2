import fastifyHelmet from '@fastify/helmet'
import type { FastifyPluginAsync } from 'fastify'
import { requestSecondsPlugin } from '../plugins/request-seconds.ts'
import { secretKeysPlugin } from '../plugins/secret-keys.ts'
import type { Services } from '../services.ts'
import { auditRoutes } from './v1/audit/index.ts'
import { eventRoutes } from './v1/events/index.ts'
import { exportRoutes } from './v1/export/index.ts'
import { privacyRoutes } from './v1/privacy/index.ts'
import { projectRoutes } from './v1/projects/index.ts'
import { rejectRoutes } from './v1/rejects/index.ts'
import { reportRoutes } from './v1/reports/index.ts'
import { responseRoutes } from './v1/responses/index.ts'
import { surveyRoutes } from './v1/surveys/index.ts'

/** What a project's own servers may read and change, with a secret key. */
export const managementRoutes: FastifyPluginAsync<Services> = async (app, services) => {
  await app.register(fastifyHelmet, {
    hsts: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
  })
  await app.register(requestSecondsPlugin, services)
  await app.register(secretKeysPlugin, services)
  const prefix = '/v1/projects/:projectId'
  await app.register(projectRoutes, { ...services, prefix: '/v1/projects' })
  await app.register(surveyRoutes, { ...services, prefix: `${prefix}/surveys` })
  await app.register(responseRoutes, { ...services, prefix: `${prefix}/responses` })
  await app.register(reportRoutes, { ...services, prefix })
  await app.register(rejectRoutes, { ...services, prefix })
  await app.register(eventRoutes, { ...services, prefix })
  await app.register(exportRoutes, { ...services, prefix })
  await app.register(privacyRoutes, { ...services, prefix })
  await app.register(auditRoutes, { ...services, prefix })
}
