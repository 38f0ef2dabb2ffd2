import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { HeardEvent } from '@heed/contract'
import { timestampSchema } from '@heed/contract/schema'
import { listEventNames } from '@heed/db'
import Type from 'typebox'
import type { Services } from '../../../services.ts'
import { commonReplies, secured } from '../management-schema.ts'

/** What the project's pages are heard to say. */
export const eventRoutes: FastifyPluginAsyncTypebox<Services> = async (app) => {
  app.get(
    '/events',
    {
      schema: {
        tags: ['surveys'],
        ...secured,
        operationId: 'listEvents',
        summary: 'Names of the page events that pages have sent, at most 500, by name',
        params: Type.Object({ projectId: Type.String() }),
        response: {
          200: Type.Unsafe<{ data: HeardEvent[] }>(
            Type.Object({
              data: Type.Array(Type.Object({ name: Type.String(), firstSeenAt: timestampSchema })),
            }),
          ),
          ...commonReplies,
        },
      },
    },
    async ({ db, params }) => ({ data: await listEventNames(db, params.projectId) }),
  )
}
