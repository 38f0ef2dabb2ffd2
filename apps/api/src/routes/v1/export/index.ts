import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { ResponseRecord } from '@heed/contract'
import { listSurveys, listSurveyVersions, streamResponses, writeAudit } from '@heed/db'
import Type from 'typebox'
import { byteOrderMark, csvLine } from '../../../content/csv.ts'
import { ProblemError } from '../../../errors.ts'
import type { Db, Services } from '../../../services.ts'
import { auditorOf } from '../auditor-of.ts'
import { commonReplies, secured } from '../management-schema.ts'
import { filterParameters, readFilter } from '../response-filter.ts'
import { responseColumns } from './response-columns.ts'

/** Responses as a file, streamed: it may be larger than memory. */
export const exportRoutes: FastifyPluginAsyncTypebox<Services> = async (app) => {
  app.get(
    '/export',
    {
      schema: {
        tags: ['responses'],
        security: secured.security,
        operationId: 'exportResponses',
        summary: 'Responses as CSV or newline-delimited JSON',
        params: Type.Object({ projectId: Type.String() }),
        querystring: Type.Object(
          {
            format: Type.Optional(
              Type.String({ maxLength: 20, default: 'csv', description: 'csv or ndjson' }),
            ),
            ...filterParameters,
          },
          { additionalProperties: false },
        ),
        response: {
          200: {
            description: 'The file',
            content: {
              'text/csv': { schema: Type.String() },
              'application/x-ndjson': { schema: Type.String() },
            },
          },
          ...commonReplies,
        },
      },
    },
    async (request, reply) => {
      const { params, query } = request
      const { format = 'csv' } = query
      if (format !== 'csv' && format !== 'ndjson') {
        throw new ProblemError(
          'unsupported_format',
          `query.format: "${format}" is not available; use csv (opens in Excel) or ndjson`,
        )
      }
      const filter = await readFilter(request.db, params.projectId, query)
      const rows = streamResponses(request.db, params.projectId, filter)
      // Read before the headers go out: a condition that cannot run is a problem, not half a file.
      const first = await rows.next()
      // What was searched for may be about a person; that something was is enough.
      const { format: _, ...chosen } = query
      await writeAudit(request.db, auditorOf(request), {
        action: 'responses.exported',
        details: { format, chosenBy: Object.keys(chosen) },
      })
      const lines =
        format === 'csv'
          ? csvLines(await questionKeys(request.db, params.projectId, filter.surveyId), first, rows)
          : jsonLines(first, rows)
      const type =
        format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/x-ndjson; charset=utf-8'
      return reply
        .header('content-disposition', `attachment; filename="responses.${format}"`)
        .header('cache-control', 'no-store')
        .type(type)
        .send(Readable.from(chunked(lines)) as never)
    },
  )
}

type Rows = AsyncGenerator<ResponseRecord, void>
type First = IteratorResult<ResponseRecord, void>

async function* csvLines(keys: readonly string[], first: First, rows: Rows): AsyncGenerator<string, void> {
  const columns = responseColumns(keys)
  yield byteOrderMark + csvLine(columns.map((column) => column.name))
  for await (const response of all(first, rows)) yield csvLine(columns.map((column) => column.read(response)))
}

async function* jsonLines(first: First, rows: Rows): AsyncGenerator<string, void> {
  for await (const response of all(first, rows)) yield `${JSON.stringify(response)}\n`
}

async function* all(first: First, rows: Rows): Rows {
  if (first.done) return
  yield first.value
  yield* rows
}

/** Every question that any version asked, in the order of first appearance: answers to old versions are not dropped. */
async function questionKeys(db: Db, projectId: string, surveyId: string | undefined): Promise<string[]> {
  const ids = surveyId === undefined ? (await listSurveys(db, projectId)).map(({ id }) => id) : [surveyId]
  const keys = new Set<string>()
  for (const id of ids) {
    const versions = await listSurveyVersions(db, projectId, id)
    for (const { definition } of versions.reverse()) for (const { key } of definition.questions) keys.add(key)
  }
  return [...keys]
}

/** Lines in pieces of some kilobytes: one write each is cheaper than one a line. */
async function* chunked(lines: AsyncGenerator<string, void>): AsyncGenerator<string, void> {
  let piece = ''
  for await (const line of lines) {
    piece += line
    if (piece.length < 32_768) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}
