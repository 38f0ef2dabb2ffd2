import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { PreviewLink } from '@heed/contract'
import { timestampSchema } from '@heed/contract/schema'
import { findProject, writeAudit } from '@heed/db'
import Type from 'typebox'
import { ProblemError } from '../../../errors.ts'
import type { Services } from '../../../services.ts'
import { auditorOf } from '../auditor-of.ts'
import { commonReplies, secured } from '../management-schema.ts'
import { needSurvey } from './need-survey.ts'

const defaultMinutes = 24 * 60
const maxMinutes = 30 * 24 * 60

/** Links that show a draft. */
export const previewRoute: FastifyPluginAsyncTypebox<Services> = async (app, { config, previews }) => {
  app.post(
    '/:surveyId/preview',
    {
      schema: {
        tags: ['surveys'],
        ...secured,
        operationId: 'previewSurvey',
        summary: 'A signed link that shows the draft as it stands; its answers are tests',
        description:
          'Whoever has the link sees the draft on that page until it expires, without publishing it. Without `url` the link leads to the survey’s own page on this server.',
        params: Type.Object({
          projectId: Type.String(),
          surveyId: Type.String({ description: 'id or key' }),
        }),
        body: Type.Object(
          {
            url: Type.Optional(
              Type.String({ pattern: '^https?://', maxLength: 2000, description: 'a page with the snippet' }),
            ),
            expiresInMinutes: Type.Optional(
              Type.Integer({ minimum: 1, maximum: maxMinutes, default: defaultMinutes }),
            ),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Unsafe<PreviewLink>(
            Type.Object({ token: Type.String(), url: Type.String(), expiresAt: timestampSchema }),
          ),
          ...commonReplies,
        },
      },
      // Both members are optional, and so is the body.
      preValidation: (request, _reply, done) => {
        request.body ??= {}
        done()
      },
    },
    async (request, reply) => {
      const { projectId, surveyId } = request.params
      const [project, survey] = await Promise.all([
        findProject(request.db, projectId),
        needSurvey(request.db, projectId, surveyId),
      ])
      if (!project) throw new ProblemError('unknown_project', 'projectId: there is no such project')
      const base = config.publicUrl ?? `${request.protocol}://${request.host}`
      const url = URL.parse(request.body.url ?? `${base}/${project.publicKey}/s/${survey.key}`)
      if (!url) {
        throw new ProblemError('invalid_request', 'url: expected the whole address of a page, https://...')
      }
      const expiresMs = Date.now() + (request.body.expiresInMinutes ?? defaultMinutes) * 60_000
      await writeAudit(request.db, auditorOf(request), {
        action: 'survey.previewed',
        target: survey.id,
        details: { key: survey.key, expiresAt: new Date(expiresMs).toISOString() },
      })
      const token = await previews.sign(project.id, survey.id, expiresMs)
      url.searchParams.set('heed', token)
      reply.header('cache-control', 'no-store')
      return { token, url: url.href, expiresAt: new Date(expiresMs).toISOString() }
    },
  )
}
