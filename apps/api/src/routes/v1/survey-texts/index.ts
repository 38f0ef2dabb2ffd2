import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { localeSchema, surveyTextsSchema } from '@heed/contract/schema'
import { surveyTexts } from '@heed/widget/content'
import Type from 'typebox'
import { ContentStore, sendContent } from '../../../content/prepared-content.ts'
import { ProblemError } from '../../../errors.ts'
import { allowEveryPage } from '../../../plugins/allow-every-page.ts'
import type { Services } from '../../../services.ts'
import { problemReplies } from '../problem-replies.ts'
import { knownProject } from '../public-project.ts'

/** What the panel shows of one survey, in one language. */
export const surveyTextRoutes: FastifyPluginAsyncTypebox<Services> = async (app, services) => {
  const { assets, projects, surveys } = services
  const contents = new ContentStore('application/json; charset=utf-8', 2_000)
  await app.register(allowEveryPage)

  app.get(
    '/:publicKey/:surveyId/:version/:locale',
    {
      schema: {
        tags: ['public'],
        operationId: 'getSurveyTexts',
        summary: 'Texts and appearance of one published version in one language',
        description: 'Immutable when `v` is the version of the widget that this server has.',
        params: Type.Object({
          publicKey: Type.String(),
          surveyId: Type.String(),
          version: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
          locale: localeSchema,
        }),
        querystring: Type.Object({ v: Type.Optional(Type.String()) }),
        response: { 200: surveyTextsSchema, ...problemReplies(400, 401, 404, 429, 503) },
      },
    },
    async (request, reply) => {
      const { publicKey, surveyId, version, locale } = request.params
      const project = knownProject(await projects.find(publicKey))
      const known = await surveys.findVersion(project.id, surveyId, version)
      if (typeof known === 'string') {
        throw new ProblemError(
          known,
          `surveyId, version: the project has published no version ${version} of this survey`,
        )
      }
      const { locales } = known.definition
      if (!locales.includes(locale)) {
        throw new ProblemError('unknown_locale', `locale: the survey has ${locales.join(', ')}`)
      }
      const content = await contents.prepare(
        JSON.stringify(surveyTexts(surveyId, version, known.definition, locale)),
      )
      // The built-in words belong to the widget's version: only with it in the address the reply never changes.
      const isImmutable = request.query.v === assets.version
      const caching = isImmutable ? 'public, max-age=31536000, immutable' : 'public, max-age=300'
      return sendContent(request, reply, content, caching)
    },
  )
}
