import fastifyCors from '@fastify/cors'
import fastifyPlugin from 'fastify-plugin'

/** Any page may read the replies of the surrounding plugin: what it may do is decided by key and origin list, not by CORS. */
export const allowEveryPage = fastifyPlugin(
  async (app) => {
    await app.register(fastifyCors, {
      origin: '*',
      methods: ['GET', 'HEAD', 'POST'],
      allowedHeaders: ['content-type'],
      exposedHeaders: ['retry-after'],
      maxAge: 86_400,
      strictPreflight: false,
    })
  },
  { name: 'allow-every-page' },
)
