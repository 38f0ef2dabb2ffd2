import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { SurveyDefinition } from '@heed/contract'
import { localeSchema, surveyTextsSchema } from '@heed/contract/schema'
import { surveyTexts } from '@heed/widget/content'
import Type from 'typebox'
import { ContentStore, sendContent } from '../../../content/prepared-content.ts'
import { ProblemError } from '../../../errors.ts'
import { allowEveryPage } from '../../../plugins/allow-every-page.ts'
import type { Services } from '../../../services.ts'
import { notModified, problemReplies } from '../problem-replies.ts'
import { knownProject } from '../public-project.ts'

/** What the panel shows of one survey, in one language. */
export const surveyTextRoutes: FastifyPluginAsyncTypebox<Services> = async (app, services) => {
  const { assets, previews, projects, surveys } = services
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
          version: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }),
          locale: localeSchema,
        }),
        querystring: Type.Object({
          v: Type.Optional(Type.String()),
          preview: Type.Optional(
            Type.String({
              maxLength: 1000,
              description: 'token of a preview link, for version 0, the draft',
            }),
          ),
        }),
        response: {
          200: surveyTextsSchema,
          304: notModified,
          ...problemReplies(400, 401, 403, 404, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { publicKey, surveyId, version, locale } = request.params
      const project = knownProject(await projects.find(publicKey))
      const { preview } = request.query
      if (version === 0 && preview !== undefined) {
        const draft = await previews.read(project.id, preview)
        if (draft.surveyId !== surveyId) {
          throw new ProblemError('invalid_preview', 'preview: the link shows another survey than this one')
        }
        needLocale(draft.definition, locale)
        reply.header('cache-control', 'no-store')
        return surveyTexts(surveyId, version, draft.definition, locale)
      }
      const known = await surveys.findVersion(project.id, surveyId, version)
      if (typeof known === 'string') {
        throw new ProblemError(
          known,
          `surveyId, version: the project has published no version ${version} of this survey`,
        )
      }
      needLocale(known.definition, locale)
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

function needLocale({ locales }: Pick<SurveyDefinition, 'locales'>, locale: string): void {
  if (locales.includes(locale)) return
  throw new ProblemError('unknown_locale', `locale: the survey has ${locales.join(', ')}`)
}
