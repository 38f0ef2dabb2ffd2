import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type AuditPage, auditActions, maxPageSize } from '@heed/contract'
import { auditPageSchema, oneOf } from '@heed/contract/schema'
import { listAudit } from '@heed/db'
import Type from 'typebox'
import type { Services } from '../../../services.ts'
import { commonReplies, secured } from '../management-schema.ts'

/** Who changed what, and when. */
export const auditRoutes: FastifyPluginAsyncTypebox<Services> = async (app) => {
  app.get(
    '/audit',
    {
      config: { scope: 'admin' },
      schema: {
        tags: ['privacy'],
        ...secured,
        operationId: 'listAudit',
        summary: 'Every change of the project and everything taken from it, newest first, page by page',
        description:
          'Written in the transaction of the change, never changed, kept as long as the project. It holds no answer and no id of a visitor or subject: in place of one stands the `reference` that an erasure replies with.',
        params: Type.Object({ projectId: Type.String() }),
        querystring: Type.Object(
          {
            action: Type.Optional(oneOf(...auditActions)),
            actor: Type.Optional(
              Type.String({ minLength: 1, maxLength: 64, description: 'id of a key, cli or job' }),
            ),
            target: Type.Optional(
              Type.String({ minLength: 1, maxLength: 128, description: 'an id, or a reference' }),
            ),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: maxPageSize, default: 50 })),
            cursor: Type.Optional(
              Type.String({ minLength: 1, maxLength: 200, description: 'nextCursor of the page before' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Unsafe<AuditPage>(auditPageSchema), ...commonReplies },
      },
    },
    async ({ db, params, query }) => listAudit(db, params.projectId, query),
  )
}
