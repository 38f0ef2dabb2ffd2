import fastifyPlugin from 'fastify-plugin'
import type { Services } from '../services.ts'

/** Measures requests by route. Ingest has its own, cheaper measure. */
export const requestSecondsPlugin = fastifyPlugin<Pick<Services, 'meters'>>(
  async (app, { meters }) => {
    app.addHook('onResponse', (request, reply, done) => {
      const labels = {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: String(reply.statusCode),
      }
      meters.requestSeconds.observe(labels, reply.elapsedTime / 1000)
      done()
    })
  },
  { name: 'request-seconds' },
)
