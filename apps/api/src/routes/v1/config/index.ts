import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { projectRulesSchema } from '@heed/contract/schema'
import { projectRules } from '@heed/widget/content'
import Type from 'typebox'
import { ContentStore, sendContent } from '../../../content/prepared-content.ts'
import { allowEveryPage } from '../../../plugins/allow-every-page.ts'
import type { Services } from '../../../services.ts'
import { notModified, problemReplies } from '../problem-replies.ts'
import { knownProject } from '../public-project.ts'

/** The rules as JSON, for loaders that do not carry them. */
export const configRoutes: FastifyPluginAsyncTypebox<Services> = async (app, services) => {
  const { previews, projects, surveys, tickets } = services
  const contents = new ContentStore('application/json; charset=utf-8', 1_000)
  await app.register(allowEveryPage)

  app.get(
    '/:publicKey',
    {
      schema: {
        tags: ['public'],
        operationId: 'getConfig',
        summary: 'What a page needs to decide which survey may show, without texts',
        params: Type.Object({ publicKey: Type.String() }),
        querystring: Type.Object({
          preview: Type.Optional(
            Type.String({
              maxLength: 1000,
              description: 'token of a preview link: only its draft, as version 0',
            }),
          ),
        }),
        response: { 200: projectRulesSchema, 304: notModified, ...problemReplies(401, 403, 429, 503) },
      },
    },
    async (request, reply) => {
      const project = knownProject(await projects.find(request.params.publicKey))
      const { preview } = request.query
      if (preview !== undefined) {
        const { surveyId, definition } = await previews.read(project.id, preview)
        reply.header('cache-control', 'no-store')
        return projectRules(project, [{ surveyId, version: 0, definition }])
      }
      const ticket = await tickets.issue(project.id)
      const rules = projectRules(project, await surveys.findLive(project.id), ticket)
      const content = await contents.prepare(JSON.stringify(rules))
      return sendContent(request, reply, content, 'public, max-age=60, stale-while-revalidate=600')
    },
  )
}
