import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { AuditRecord, ProjectSettings } from '@heed/contract'
import { projectSchema, projectSettingsSchema } from '@heed/contract/schema'
import { audited, createProject, findProject, updateProject } from '@heed/db'
import Type from 'typebox'
import { ProblemError } from '../../../errors.ts'
import { checkSettings } from '../../../publish/settings-errors.ts'
import type { Services } from '../../../services.ts'
import { auditorOf } from '../auditor-of.ts'
import { changeDetails } from '../change-details.ts'
import { commonReplies, secured } from '../management-schema.ts'

const strict = { additionalProperties: false }
const name = Type.String({ minLength: 1, maxLength: 200 })
const settings = Type.Unsafe<Partial<ProjectSettings>>(Type.Partial(projectSettingsSchema, strict))
const tags = ['projects']

/** A project and its settings. */
export const projectRoutes: FastifyPluginAsyncTypebox<Services> = async (app, { connections, projects }) => {
  app.get(
    '',
    {
      schema: {
        tags,
        ...secured,
        operationId: 'listProjects',
        summary: 'The projects that the key may read: its own',
        response: { 200: Type.Object({ data: Type.Array(projectSchema) }), ...commonReplies },
      },
    },
    async (request) => {
      const project = await findProject(request.db, request.caller.projectId)
      return { data: project ? [project] : [] }
    },
  )

  app.post(
    '',
    {
      config: { scope: 'admin' },
      schema: {
        tags,
        ...secured,
        operationId: 'createProject',
        summary: 'Creates a project; the secret key is shown this once',
        body: Type.Object({ name, settings: Type.Optional(settings) }, strict),
        response: {
          201: Type.Object({
            project: projectSchema,
            projectId: Type.String(),
            publicKey: Type.String(),
            secretKey: Type.String(),
          }),
          ...commonReplies,
        },
      },
    },
    async (request, reply) => {
      checkSettings(request.body.settings)
      const { project, secretKey } = await createProject(connections.ownerDb, {
        ...request.body,
        actor: request.caller.keyId,
      })
      const { id: projectId, publicKey } = project
      reply.header('cache-control', 'no-store')
      return reply.code(201).send({ project, projectId, publicKey, secretKey })
    },
  )

  const params = Type.Object({ projectId: Type.String() })

  app.get(
    '/:projectId',
    {
      schema: {
        tags,
        ...secured,
        operationId: 'getProject',
        summary: 'One project',
        params,
        response: { 200: projectSchema, ...commonReplies },
      },
    },
    async (request) => {
      const project = await findProject(request.db, request.params.projectId)
      if (!project) throw new ProblemError('unknown_project', 'projectId: there is no such project')
      return project
    },
  )

  app.patch(
    '/:projectId',
    {
      schema: {
        tags,
        ...secured,
        operationId: 'updateProject',
        summary: 'Changes a project; what is left out stays as it is',
        params,
        body: Type.Object(
          {
            name: Type.Optional(name),
            status: Type.Optional(
              Type.Unsafe<'active' | 'paused'>({ type: 'string', enum: ['active', 'paused'] }),
            ),
            settings: Type.Optional(settings),
          },
          strict,
        ),
        response: { 200: projectSchema, ...commonReplies },
      },
    },
    async (request) => {
      checkSettings(request.body.settings)
      const { settings, ...rest } = request.body
      const project = await audited(
        request.db,
        auditorOf(request),
        (trx) => updateProject(trx, request.params.projectId, request.body),
        ({ id }) => ({ action: 'project.changed', target: id, details: projectChange(rest, settings) }),
      )
      if (!project) throw new ProblemError('unknown_project', 'projectId: there is no such project')
      projects.forget(project.publicKey)
      return project
    },
  )
}

function projectChange(members: object, settings: object = {}): AuditRecord['details'] {
  const own = changeDetails(members, { told: ['status'] })
  const inSettings = changeDetails(settings, { prefix: 'settings.', told: ['suspicious'] })
  return { ...own, ...inSettings, changed: [own.changed, inSettings.changed].flat() }
}
