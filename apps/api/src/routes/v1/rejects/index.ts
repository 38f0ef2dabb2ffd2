import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { maxPageSize, type RejectPage, refusalCodes } from '@heed/contract'
import { oneOf, rejectPageSchema } from '@heed/contract/schema'
import { findSurvey, listRejects } from '@heed/db'
import Type from 'typebox'
import type { Services } from '../../../services.ts'
import { commonReplies, secured } from '../management-schema.ts'

/** What was refused for its content, so that whoever wrote the page can find the mistake. */
export const rejectRoutes: FastifyPluginAsyncTypebox<Services> = async (app) => {
  app.get(
    '/rejects',
    {
      schema: {
        tags: ['responses'],
        ...secured,
        operationId: 'listRejects',
        summary: 'Items that were refused for their content, newest first, page by page',
        description:
          'The newest 1,000 of the project, redacted, without whose they were; of a project that sends nothing else one a second is kept. `counts` are of those that are kept, whatever the filter.',
        params: Type.Object({ projectId: Type.String() }),
        querystring: Type.Object(
          {
            reason: Type.Optional(oneOf(...refusalCodes)),
            survey: Type.Optional(Type.String({ minLength: 1, maxLength: 80, description: 'id or key' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: maxPageSize, default: 50 })),
            cursor: Type.Optional(
              Type.String({ minLength: 1, maxLength: 200, description: 'nextCursor of the page before' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Unsafe<RejectPage>(rejectPageSchema), ...commonReplies },
      },
    },
    async ({ db, params: { projectId }, query: { survey, reason, limit, cursor } }) => {
      // A page may name a survey that is not there, which is why its items stand here.
      const surveyId =
        survey === undefined ? undefined : ((await findSurvey(db, projectId, survey))?.id ?? survey)
      return listRejects(db, projectId, {
        ...(reason !== undefined && { reason }),
        ...(surveyId !== undefined && { surveyId }),
        ...(limit !== undefined && { limit }),
        ...(cursor !== undefined && { cursor }),
      })
    },
  )
}
