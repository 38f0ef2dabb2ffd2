import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { maxScreenshotBytes } from '@heed/contract'
import { forProject, storeScreenshot } from '@heed/db'
import Type from 'typebox'
import { Budget } from '../../../directory/budget.ts'
import { Lru } from '../../../directory/lru.ts'
import { ProblemError, retryAfterSeconds } from '../../../errors.ts'
import { admitPage } from '../../../ingest/admit-page.ts'
import { imageTypes, readImage } from '../../../ingest/read-image.ts'
import { allowEveryPage } from '../../../plugins/allow-every-page.ts'
import type { Services } from '../../../services.ts'
import { problemReplies } from '../problem-replies.ts'

const statusSchema = Type.Object({ status: Type.Unsafe<'stored' | 'duplicate'>({ type: 'string' }) })
const image = { schema: { type: 'string', format: 'binary' } }

/** Takes the picture of the page that came with an answer. */
export const screenshotRoutes: FastifyPluginAsyncTypebox<Services> = async (app, services) => {
  const { config, connections, projects } = services
  const budgets = new Lru<Budget>(20_000)
  await app.register(allowEveryPage)

  app.removeAllContentTypeParsers()
  app.addContentTypeParser(imageTypes, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  app.post(
    '/:publicKey/:responseId',
    {
      bodyLimit: maxScreenshotBytes,
      config: {
        documentedBody: { content: Object.fromEntries(imageTypes.map((type) => [type, image])) },
      },
      schema: {
        tags: ['public'],
        operationId: 'addScreenshot',
        summary: 'Adds a picture of the page to a response, once',
        description:
          'PNG, JPEG or WebP of at most 1 MiB and 4096 pixels a side. The response may arrive up to 24 hours later; a picture whose response never does is deleted. A second picture is a `duplicate` and changes nothing.',
        consumes: imageTypes,
        params: Type.Object({
          publicKey: Type.String(),
          responseId: Type.String({
            pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
            description: 'UUIDv7, lower case',
          }),
        }),
        response: {
          200: statusSchema,
          ...problemReplies(400, 401, 403, 409, 413, 415, 422, 429, 503),
        },
      },
      onRequest: async (request) => {
        const { publicKey } = request.params
        request.project = admitPage(request, await projects.find(publicKey), config.publicUrl)
        if (!budgetOf(request.project.id).take()) {
          throw new ProblemError('rate_limited', 'too many pictures at once; send this one again later', {
            retryAfter: retryAfterSeconds(),
          })
        }
      },
    },
    async (request) => {
      const [claimed = ''] = (request.headers['content-type'] ?? '').split(';')
      const picture = readImage(request.body as Buffer, claimed.trim().toLowerCase())
      const { id: projectId } = request.project
      const db = forProject(connections.pageDb, projectId)
      const status = await storeScreenshot(db, projectId, request.params.responseId, picture)
      if (status === 'late') {
        throw new ProblemError('response_closed', 'responseId: nothing can be added to it after 24 hours')
      }
      if (status === 'full') {
        throw new ProblemError(
          'rate_limited',
          'too many pictures wait for their responses; try again later',
          {
            retryAfter: retryAfterSeconds(),
          },
        )
      }
      return { status }
    },
  )

  /** A shop's visitors point at something now and then; whoever fills a disk does so without pause. */
  function budgetOf(projectId: string): Budget {
    const budget = budgets.get(projectId) ?? new Budget(30, 1)
    budgets.set(projectId, budget)
    return budget
  }
}
