/**
 * The other yardstick of `bench -- ingest`: a Fastify route that validates the same body like the first one and inserts
 * each response by itself, with Kysely, into a plain table with a primary key and no other index. Written as one would
 * write it: a pool, typed rows, an insert that may come twice, the answer after the commit. No redaction, no limits, no
 * search words.
 */
import { type IngestRequest, maxBodyBytes, maxItems, type ResponseItem } from '@heed/contract'
import { ingestReplySchema, ingestRequestSchema, responseItemSchema } from '@heed/contract/schema'
import fastify from 'fastify'
import { type Generated, Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import Type from 'typebox'

interface PlainResponse {
  id: string
  received_at: Generated<Date>
  survey_id: string
  survey_version: number
  seq: number
  locale: string
  visitor: string | null
  completed: boolean
  answers: string
  timing: string
  context: string
}

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })
const db = new Kysely<{ plain_responses: PlainResponse }>({ dialect: new PostgresDialect({ pool }) })
await sql`
  create table if not exists plain_responses (
    id uuid primary key, received_at timestamptz not null default now(), survey_id text not null,
    survey_version int not null, seq int not null, locale text not null, visitor text, completed boolean not null,
    answers jsonb not null, timing jsonb not null, context jsonb not null
  )`.execute(db)

// The schemas of answers allow several types in one place, which ajv's strict mode warns of.
const app = fastify({ bodyLimit: maxBodyBytes, ajv: { customOptions: { allowUnionTypes: true } } })
app.addContentTypeParser('text/plain', { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'))

app.post(
  '/v1/ingest/:publicKey',
  {
    schema: {
      body: Type.Object({
        ...ingestRequestSchema.properties,
        items: Type.Array(responseItemSchema, { minItems: 1, maxItems }),
      }),
      response: { 200: ingestReplySchema },
    },
  },
  async (request) => {
    const items = (request.body as IngestRequest).items as ResponseItem[]
    for (const item of items) {
      await db
        .insertInto('plain_responses')
        .values({
          id: item.id,
          survey_id: item.surveyId,
          survey_version: item.version,
          seq: item.seq,
          locale: item.locale,
          visitor: item.visitor ?? null,
          completed: item.completed ?? false,
          answers: JSON.stringify(item.answers),
          timing: JSON.stringify(item.timing ?? {}),
          context: JSON.stringify(item.context ?? {}),
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
    }
    return { items: items.map(({ id, seq }) => ({ id, seq, status: 'stored' })) }
  },
)

process.once('SIGTERM', () => void app.close().then(() => db.destroy()))
const url = await app.listen({ host: '127.0.0.1', port: 0 })
process.stdout.write(`${JSON.stringify({ url })}\n`)
