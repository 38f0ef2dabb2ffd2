import { randomBytes } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Project, SurveyDefinition } from '@heed/contract'
import { chooseLocale } from '@heed/targeting'
import { visitorLocales } from '@heed/widget/locales'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { acceptedLanguages } from '../../content/accepted-languages.ts'
import { hostedSurvey, hostedWords } from '../../content/hosted-page.ts'
import { linkAnswers } from '../../content/link-answers.ts'
import { ProblemError } from '../../errors.ts'
import type { Services } from '../../services.ts'
import { problemReplies } from '../v1/problem-replies.ts'

/** What stands at the address. */
type Found =
  | { definition: SurveyDefinition; publicKey: string }
  /** The status that says why there is no survey. */
  | { status: 403 | 404 | 410; words: 'closed' | 'notFound' }

const notFound: Found = { status: 404, words: 'notFound' }
const closed: Found = { status: 410, words: 'closed' }

const html = 'text/html; charset=utf-8'
const page = (description: string) => ({ description, content: { [html]: { schema: Type.String() } } })
const query = Type.Object({
  lang: Type.Optional(Type.String({ description: 'BCP 47; the browser’s language when absent' })),
})
const schema = {
  tags: ['public'],
  description:
    'For links in e-mails and for QR codes. `?nps=9` chooses an answer, which counts once the visitor confirms it: reading the address stores nothing, because mail scanners follow links too.',
  querystring: query,
  response: {
    200: page('The page'),
    403: page('The preview link does not fit or has expired'),
    404: page('There is no such survey'),
    410: page('The survey takes no more answers'),
    ...problemReplies(429, 503),
  },
}

/** Pages of surveys, on this server. They need no shop around them, and draw with the widget. */
export const pageRoutes: FastifyPluginAsyncTypebox<Services> = async (app, services) => {
  const { pages, previews, projects, surveys } = services

  app.get(
    '/s/:surveyKey',
    {
      schema: {
        ...schema,
        operationId: 'getSurveyPage',
        summary: 'The page of a survey, where only one project has one of this key',
        params: Type.Object({ surveyKey: Type.String() }),
      },
    },
    async (request, reply) => {
      const publicKey = await pages.findProject(request.params.surveyKey)
      return send(request, reply, publicKey === undefined ? notFound : await find(request, publicKey), '../')
    },
  )

  app.get(
    '/:publicKey/s/:surveyKey',
    {
      schema: {
        ...schema,
        operationId: 'getProjectSurveyPage',
        summary: 'The page of a survey of one project',
        params: Type.Object({ publicKey: Type.String(), surveyKey: Type.String() }),
      },
    },
    async (request, reply) => send(request, reply, await find(request, request.params.publicKey), '../../'),
  )

  async function find(request: FastifyRequest, publicKey: string): Promise<Found> {
    const { surveyKey } = request.params as { surveyKey: string }
    const { heed } = request.query as { heed?: unknown }
    const project = await projects.find(publicKey)
    if (!project) return notFound
    if (project.status === 'paused') return closed
    if (typeof heed === 'string' && heed !== 'debug') return findDraft(project, surveyKey, heed)
    const nowMs = Date.now()
    const live = (await surveys.findLive(project.id)).find(
      ({ definition: { key, display } }) => key === surveyKey && display.kind === 'page',
    )
    if (live) return isOpen(live.definition, nowMs) ? { definition: live.definition, publicKey } : closed
    return (await pages.wasPublished(project.id, surveyKey)) ? closed : notFound
  }

  /** Any survey has a page for its preview, whatever it will be drawn as. */
  async function findDraft(project: Project, surveyKey: string, token: string): Promise<Found> {
    try {
      const { definition } = await previews.read(project.id, token)
      return definition.key === surveyKey ? { definition, publicKey: project.publicKey } : notFound
    } catch (error) {
      if (error instanceof ProblemError && error.statusCode === 403) return { status: 403, words: 'closed' }
      throw error
    }
  }
}

function isOpen({ startAt, endAt }: SurveyDefinition, nowMs: number): boolean {
  return (!startAt || Date.parse(startAt) <= nowMs) && (!endAt || nowMs < Date.parse(endAt))
}

function send(request: FastifyRequest, reply: FastifyReply, found: Found, base: string): FastifyReply {
  const { lang } = request.query as { lang?: string }
  const wanted = [...(lang ? [lang] : []), ...acceptedLanguages(request.headers['accept-language'])]
  const nonce = randomBytes(16).toString('base64')
  const { html: text, policy } =
    'status' in found
      ? hostedWords(found.words, chooseLocale(wanted, visitorLocales), nonce)
      : hostedSurvey({
          ...found,
          locale: chooseLocale(wanted, found.definition.locales),
          base,
          answers: linkAnswers(found.definition, request.query as Record<string, unknown>),
          nonce,
        })
  return reply
    .code('status' in found ? found.status : 200)
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store')
    .header('cross-origin-opener-policy', 'same-origin')
    .header('cross-origin-resource-policy', 'same-origin')
    .header('referrer-policy', 'no-referrer')
    .header('vary', 'accept-language')
    .header('x-robots-tag', 'noindex, nofollow')
    .type(html)
    .send(text)
}
