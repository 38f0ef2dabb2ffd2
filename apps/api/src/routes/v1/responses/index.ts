import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { ResponsePage, ResponseRecord } from '@heed/contract'
import { maxPageSize } from '@heed/contract'
import { responsePageSchema, responseRecordSchema } from '@heed/contract/schema'
import {
  audited,
  deleteTestResponses,
  findResponse,
  findScreenshot,
  listResponses,
  updateResponse,
} from '@heed/db'
import Type from 'typebox'
import { ProblemError } from '../../../errors.ts'
import type { Services } from '../../../services.ts'
import { auditorOf } from '../auditor-of.ts'
import { changeDetails } from '../change-details.ts'
import { commonReplies, secured } from '../management-schema.ts'
import { filterParameters, readFilter } from '../response-filter.ts'
import { needSurvey } from '../surveys/need-survey.ts'

const tags = ['responses']
const params = Type.Object({ projectId: Type.String(), responseId: Type.String() })
const record = Type.Unsafe<ResponseRecord>(responseRecordSchema)

/** Single answers: list, read, and what a marketer notes about them. The answers themselves never change here. */
export const responseRoutes: FastifyPluginAsyncTypebox<Services> = async (app, { tracing }) => {
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
    async ({ db, params, query }) => {
      const { limit, cursor } = query
      const filter = await readFilter(db, params.projectId, query)
      return tracing.inSpan('listResponses', () =>
        listResponses(db, params.projectId, {
          ...filter,
          ...(limit !== undefined && { limit }),
          ...(cursor !== undefined && { cursor }),
        }),
      )
    },
  )

  app.delete(
    '',
    {
      schema: {
        tags,
        ...secured,
        operationId: 'deleteTestResponses',
        summary:
          'Deletes every test response of a survey, with its pictures; real ones cannot be deleted here',
        params: Type.Object({ projectId: Type.String() }),
        querystring: Type.Object(
          {
            survey: Type.String({ minLength: 1, maxLength: 80, description: 'id or key' }),
            test: Type.Literal(true, { description: 'true; says that only tests are meant' }),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ deleted: Type.Integer() }), ...commonReplies },
      },
    },
    async (request) => {
      const { params, query } = request
      const survey = await needSurvey(request.db, params.projectId, query.survey)
      const deleted = await audited(
        request.db,
        auditorOf(request),
        (trx) => deleteTestResponses(trx, params.projectId, survey.id),
        (count) => ({ action: 'responses.testsDeleted', target: survey.id, details: { responses: count } }),
      )
      return { deleted }
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
    async ({ db, params }) =>
      (await findResponse(db, params.projectId, params.responseId)) ?? unknownResponse(),
  )

  app.get(
    '/:responseId/screenshot',
    {
      schema: {
        tags,
        security: secured.security,
        operationId: 'getScreenshot',
        summary: 'The picture of the page that came with a response',
        params,
        response: {
          200: {
            description: 'The image',
            content: {
              'image/png': { schema: Type.String() },
              'image/jpeg': { schema: Type.String() },
              'image/webp': { schema: Type.String() },
            },
          },
          ...commonReplies,
        },
      },
    },
    async ({ db, params }, reply) => {
      const found = await findScreenshot(db, params.projectId, params.responseId)
      if (!found) {
        throw new ProblemError('unknown_screenshot', 'responseId: no picture came with this response')
      }
      // A visitor made it: it must be nothing but an image to whoever opens it.
      return reply
        .header(
          'content-disposition',
          `attachment; filename="screenshot-${params.responseId}.${found.type.slice(6)}"`,
        )
        .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox")
        .header('cache-control', 'private, no-store')
        .type(found.type)
        .send(found.image as never)
    },
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
            suspicious: Type.Optional(
              Type.Boolean({ description: 'whether it is; no score overrules what is said here' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: record, ...commonReplies },
      },
    },
    async (request) => {
      const { params, body } = request
      const changed = await audited(
        request.db,
        auditorOf(request),
        (trx) => updateResponse(trx, params.projectId, params.responseId, body),
        ({ id }) => ({ action: 'response.changed', target: id, details: changeDetails(body) }),
      )
      return changed ?? unknownResponse()
    },
  )
}

function unknownResponse(): never {
  throw new ProblemError('unknown_response', 'responseId: the project has no such response')
}
