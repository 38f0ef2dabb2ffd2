import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { ResponsePage, ResponseRecord } from '@heed/contract'
import { maxPageSize } from '@heed/contract'
import { responsePageSchema, responseRecordSchema } from '@heed/contract/schema'
import { findResponse, listResponses, updateResponse } from '@heed/db'
import Type from 'typebox'
import { ProblemError } from '../../../errors.ts'
import type { Services } from '../../../services.ts'
import { commonReplies, secured } from '../management-schema.ts'
import { filterParameters, readFilter } from '../response-filter.ts'

const tags = ['responses']
const params = Type.Object({ projectId: Type.String(), responseId: Type.String() })
const record = Type.Unsafe<ResponseRecord>(responseRecordSchema)

/** Single answers: list, read, and what a marketer notes about them. The answers themselves never change here. */
export const responseRoutes: FastifyPluginAsyncTypebox<Services> = async (app, { queryDb }) => {
  app.get(
    '',
    {
      schema: {
        tags,
        ...secured,
        operationId: 'listResponses',
        summary: 'Newest first, page by page',
        params: Type.Object({ projectId: Type.String() }),
        querystring: Type.Object(
          {
            ...filterParameters,
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: maxPageSize, default: 50 })),
            cursor: Type.Optional(
              Type.String({ minLength: 1, maxLength: 200, description: 'nextCursor of the page before' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Unsafe<ResponsePage>(responsePageSchema), ...commonReplies },
      },
    },
    async ({ params, query }) => {
      const { limit, cursor } = query
      return listResponses(queryDb, params.projectId, {
        ...(await readFilter(queryDb, params.projectId, query)),
        ...(limit !== undefined && { limit }),
        ...(cursor !== undefined && { cursor }),
      })
    },
  )

  app.get(
    '/:responseId',
    {
      schema: {
        tags,
        ...secured,
        operationId: 'getResponse',
        summary: 'One response',
        params,
        response: { 200: record, ...commonReplies },
      },
    },
    async ({ params }) =>
      (await findResponse(queryDb, params.projectId, params.responseId)) ?? unknownResponse(),
  )

  app.patch(
    '/:responseId',
    {
      schema: {
        tags,
        ...secured,
        operationId: 'updateResponse',
        summary: 'Tags, note, and whether it counts',
        params,
        body: Type.Object(
          {
            tags: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { maxItems: 50 })),
            note: Type.Optional(Type.Union([Type.String({ maxLength: 5000 }), Type.Null()])),
            excluded: Type.Optional(
              Type.Boolean({ description: 'left out of every number, kept in the list' }),
            ),
            test: Type.Optional(Type.Boolean()),
          },
          { additionalProperties: false },
        ),
        response: { 200: record, ...commonReplies },
      },
    },
    async ({ params, body }) =>
      (await updateResponse(queryDb, params.projectId, params.responseId, body)) ?? unknownResponse(),
  )
}

function unknownResponse(): never {
  throw new ProblemError('unknown_response', 'responseId: the project has no such response')
}
