import fastify, { type FastifyInstance } from 'fastify'
import type { Drain } from './drain-stream.ts'

/** What an orchestrator and a monitoring system ask a writer. */
export function createWriterApp({ meters, whyNotReady }: Drain): FastifyInstance {
  const app = fastify()
  app.get('/livez', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    const detail = await whyNotReady()
    return detail === undefined ? { status: 'ok' } : reply.code(503).send({ status: 'unavailable', detail })
  })
  app.get('/metrics', async (_request, reply) =>
    reply.type(meters.registry.contentType).send(await meters.registry.metrics()),
  )
  return app
}
