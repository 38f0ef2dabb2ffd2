/**
 * The yardstick of `bench -- ingest`: an ordinary Fastify route that reads the same body, validates it against the
 * same schemas and stores nothing.
 */
import { type IngestRequest, maxBodyBytes, maxItems, type ResponseItem } from '@heed/contract'
import { ingestReplySchema, ingestRequestSchema, responseItemSchema } from '@heed/contract/schema'
import fastify from 'fastify'
import Type from 'typebox'

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
    const { items } = request.body as IngestRequest
    return { items: (items as ResponseItem[]).map(({ id, seq }) => ({ id, seq, status: 'stored' })) }
  },
)

const url = await app.listen({ host: '127.0.0.1', port: 0 })
process.stdout.write(`${JSON.stringify({ url })}\n`)
