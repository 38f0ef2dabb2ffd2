import type { FastifyPluginAsync } from 'fastify'
import { requestSecondsPlugin } from '../plugins/request-seconds.ts'
import type { Services } from '../services.ts'
import { loaderRoutes } from './loader/index.ts'
import { pageRoutes } from './pages/index.ts'
import { configRoutes } from './v1/config/index.ts'
import { ingestRoutes } from './v1/ingest/index.ts'
import { screenshotRoutes } from './v1/screenshots/index.ts'
import { surveyTextRoutes } from './v1/survey-texts/index.ts'

/** What pages of other sites may load and send to, with nothing but the public key. No cookies anywhere. */
export const publicRoutes: FastifyPluginAsync<Services> = async (app, services) => {
  app.addHook('onRequest', (_request, reply, done) => {
    reply
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('timing-allow-origin', '*')
      .header('x-content-type-options', 'nosniff')
    done()
  })
  await app.register(ingestRoutes, { ...services, prefix: '/v1/ingest' })
  await app.register(async (measured) => {
    await measured.register(requestSecondsPlugin, services)
    measured.addHook('onRequest', (request, _reply, done) =>
      done(services.limits.refuseCaller('public', request)),
    )
    await measured.register(loaderRoutes, services)
    await measured.register(configRoutes, { ...services, prefix: '/v1/config' })
    await measured.register(pageRoutes, services)
    await measured.register(screenshotRoutes, { ...services, prefix: '/v1/screenshots' })
    await measured.register(surveyTextRoutes, { ...services, prefix: '/v1/surveys' })
  })
}
