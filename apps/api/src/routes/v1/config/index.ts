import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { projectRulesSchema } from '@heed/contract/schema'
import { projectRules } from '@heed/widget/content'
import Type from 'typebox'
import { ContentStore, sendContent } from '../../../content/prepared-content.ts'
import { allowEveryPage } from '../../../plugins/allow-every-page.ts'
import type { Services } from '../../../services.ts'
import { problemReplies } from '../problem-replies.ts'
import { knownProject } from '../public-project.ts'

/** The rules as JSON, for loaders that do not carry them. */
export const configRoutes: FastifyPluginAsyncTypebox<Services> = async (app, { projects, surveys }) => {
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
        response: { 200: projectRulesSchema, ...problemReplies(401, 429, 503) },
      },
    },
    async (request, reply) => {
      const project = knownProject(await projects.find(request.params.publicKey))
      const rules = projectRules(project, await surveys.findLive(project.id))
      const content = await contents.prepare(JSON.stringify(rules))
      return sendContent(request, reply, content, 'public, max-age=60, stale-while-revalidate=600')
    },
  )
}
