import fastifyCors from '@fastify/cors'
import fastifyPlugin from 'fastify-plugin'

/** Any page may read the replies of the surrounding plugin: what it may do is decided by key and origin list, not by CORS. */
export const allowEveryPage = fastifyPlugin(
  async (app) => {
    // Preflights in a scope of their own: @fastify/cors works out for every request what is the same for all of them.
    await app.register(async (preflights) => {
      await preflights.register(fastifyCors, {
        origin: '*',
        methods: ['GET', 'HEAD', 'POST'],
        allowedHeaders: ['content-type'],
        exposedHeaders: ['retry-after'],
        maxAge: 86_400,
        strictPreflight: false,
      })
    })
    app.addHook('onRequest', (_request, reply, done) => {
      reply.header('access-control-allow-origin', '*').header('access-control-expose-headers', 'retry-after')
      done()
    })
  },
  { name: 'allow-every-page' },
)
