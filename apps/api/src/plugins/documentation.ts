import fastifyHelmet from '@fastify/helmet'
import fastifySwagger from '@fastify/swagger'
import fastifySwaggerUi from '@fastify/swagger-ui'
import fastifyPlugin from 'fastify-plugin'
import { problems } from '../errors.ts'
import type { Services } from '../services.ts'
import { withFrameworkReplies } from './framework-replies.ts'

const errorTable = Object.entries(problems)
  .map(([code, [status, title]]) => `| \`${code}\` | ${status} | ${title} |`)
  .join('\n')

const description = `Collects answers of visitors and tells what they mean.

Public addresses take the project's public key \`pk_...\` in the path; everything else takes a secret key,
\`Authorization: Bearer sk_...\`, from a server. Times are ISO 8601 in UTC.

A survey of the display \`page\` has an address of its own, \`/{publicKey}/s/{surveyKey}\`, for e-mails and QR codes.
\`?nps=9\` chooses an answer there, which counts once the visitor confirms it; \`?lang=ko\` chooses the language.

A draft is seen through a signed link (\`POST .../surveys/{surveyId}/preview\`): with its token as \`preview\` the rules,
texts and answers of version 0 are those of the draft, and whatever is answered is stored as a test. Tests count in no
report; \`test=true\` lists them, and \`DELETE .../responses\` removes those of one survey.

Errors are \`application/problem+json\` (RFC 9457) with a stable \`code\`:

| code | status | meaning |
|---|---|---|
${errorTable}`

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What stands in the documentation where the body is checked by something other than its schema. */
    documentedBody?: object
  }
}

/** `/openapi.json`, and `/docs` to read and try it. */
export const documentationPlugin = fastifyPlugin<Pick<Services, 'config' | 'assets'>>(
  async (app, { config, assets }) => {
    await app.register(fastifySwagger, {
      transform: ({ schema, url, route }) => {
        const body = route.config?.documentedBody
        // A hidden route has no description, and must go on without one.
        if (schema?.hide || !schema) return { schema, url }
        return { schema: withFrameworkReplies(body ? { ...schema, body } : schema, route.method), url }
      },
      openapi: {
        openapi: '3.1.0',
        info: { title: 'Heed', version: assets.version, description },
        ...(config.publicUrl === undefined ? {} : { servers: [{ url: config.publicUrl }] }),
        tags: [
          { name: 'public', description: 'Called by pages, with the public key' },
          { name: 'projects' },
          { name: 'surveys' },
          { name: 'reports' },
          { name: 'responses' },
          { name: 'privacy', description: 'Copies, erasure, and who changed what' },
          { name: 'operation', description: 'For whoever runs the server' },
        ],
        components: { securitySchemes: { secretKey: { type: 'http', scheme: 'bearer' } } },
      },
    })

    await app.register(async (scope) => {
      await scope.register(fastifyHelmet, { hsts: false, contentSecurityPolicy: false })
      await scope.register(fastifySwaggerUi, {
        routePrefix: '/docs',
        // Spelled out: the ready-made policy upgrades to https, which a server on http does not answer.
        staticCSP: {
          'default-src': "'none'",
          'connect-src': "'self'",
          'img-src': ["'self'", 'data:'],
          'script-src': "'self'",
          'style-src': ["'self'", "'unsafe-inline'"],
          'font-src': "'self'",
          'base-uri': "'none'",
          'form-action': "'none'",
          'frame-ancestors': "'none'",
        },
      })
      scope.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
      scope.get('/', { schema: { hide: true } }, async (_request, reply) => reply.redirect('/docs'))
    })
  },
  { name: 'documentation' },
)
