import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { inlineRules } from '@heed/widget/assets'
import { projectRules } from '@heed/widget/content'
import Type from 'typebox'
import { ContentStore, sendContent } from '../../content/prepared-content.ts'
import { scriptValue } from '../../content/script-value.ts'
import { ProblemError } from '../../errors.ts'
import type { Services } from '../../services.ts'
import { notModified, problemReplies } from '../v1/problem-replies.ts'

const javascript = 'text/javascript; charset=utf-8'
const loaderCaching = 'public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800'

// Sent as a script that runs: a page must find `window.heed` even behind a wrong key, and a script with an
// error status never runs, so the one line that tells the developer would not appear either.
const unknownKeyLine =
  'console.warn("Heed: no project has the key in the address of this script; copy the snippet again.");\n'

const script = { description: 'The script', content: { [javascript]: { schema: Type.String() } } }

/** The scripts that pages load. */
export const loaderRoutes: FastifyPluginAsyncTypebox<Services> = async (app, services) => {
  const { assets, projects, surveys, tickets } = services
  const scripts = new ContentStore(javascript, 2_000)

  app.addHook('onRequest', (_request, reply, done) => {
    // `import()` and `crossorigin` scripts with an integrity hash are fetched with CORS.
    reply.header('access-control-allow-origin', '*')
    done()
  })

  app.get(
    '/:publicKey/heed.js',
    {
      schema: {
        tags: ['public'],
        operationId: 'getProjectLoader',
        summary: 'The loader with the rules of the live surveys inlined',
        description: 'A wrong key gets a loader without surveys that says so in one line of the console.',
        params: Type.Object({ publicKey: Type.String() }),
        response: { 200: script, 304: notModified, ...problemReplies(429, 503) },
      },
    },
    async (request, reply) => {
      const project = await projects.find(request.params.publicKey)
      if (!project) {
        const text = unknownKeyLine + inlineRules(assets.loader, '{"surveys":[]}')
        return sendContent(request, reply, await scripts.prepare(text), 'public, max-age=60')
      }
      const ticket = await tickets.issue(project.id)
      const rules = projectRules(project, await surveys.findLive(project.id), ticket)
      const content = await scripts.prepare(inlineRules(assets.loader, scriptValue(rules)))
      return sendContent(request, reply, content, loaderCaching)
    },
  )

  app.get(
    '/heed.js',
    {
      schema: {
        tags: ['public'],
        operationId: 'getLoader',
        summary: 'The loader without rules; it fetches them',
        response: { 200: script, 304: notModified, ...problemReplies(429) },
      },
    },
    async (request, reply) =>
      sendContent(request, reply, await scripts.prepare(assets.loader), loaderCaching),
  )

  app.get(
    '/heed/:version/*',
    {
      schema: {
        tags: ['public'],
        operationId: 'getWidgetPart',
        summary: 'An immutable part of the widget, by version and hash',
        params: Type.Object({ version: Type.String(), '*': Type.String() }),
        response: { 200: script, 304: notModified, ...problemReplies(404, 429) },
      },
    },
    async (request, reply) => {
      const file = assets.files.get(`heed/${request.params.version}/${request.params['*']}`)
      if (!file) {
        throw new ProblemError(
          'not_found',
          `path: this server has version ${assets.version} of the widget and no such part`,
        )
      }
      return sendContent(
        request,
        reply,
        await scripts.prepare(file.body),
        'public, max-age=31536000, immutable',
      )
    },
  )
}
