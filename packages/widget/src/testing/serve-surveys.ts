import type {
  IngestItem,
  IngestReply,
  IngestRequest,
  ProjectSettings,
  ResponseItem,
  SurveyDefinition,
} from '@heed/contract'
import { surveyTexts } from '../content/index.ts'
import { fillPage } from './fill-page.ts'
import { findSurvey, type OpenSurvey } from './open-survey.ts'
import { rulesOf } from './rules-of.ts'
import { until } from './until.ts'

export interface HeedServer {
  /** Everything the page has sent, as the API would get it, in order. */
  sent(): IngestItem[]
  /** The newest state of each response, as the API would keep it. */
  responses(): ResponseItem[]
  /** Resolves once the survey is on the page. */
  opened<Survey extends SurveyDefinition>(survey: Survey): Promise<OpenSurvey<Survey>>
  /** The page's own `fetch` is back; resolves when nothing that Heed has begun can miss this one. */
  close(): Promise<void>
}

/** `/v1/config/{publicKey}`, `/v1/ingest/{publicKey}`, `/v1/surveys/{publicKey}/{surveyId}/{version}/{locale}` */
const address = /\/v1\/(config|ingest|surveys)\/pk_[^/?]*(?:\/srv_([^/]+)\/\d+\/([^/?]+))?(?:\?|$)/

/**
 * Answers what Heed asks of its server, whatever its host, inside the page and without a network, as if these surveys
 * were live: a test runs the app as it is, `init()` and `track()` included. Every other request goes its way.
 */
export function serveSurveys(
  surveys: readonly SurveyDefinition[],
  settings: Partial<ProjectSettings> = {},
): HeedServer {
  fillPage()
  const items: IngestItem[] = []
  const rules = rulesOf(surveys, settings)

  const replyTo = (kind: string, key: string | undefined, locale: string, body: unknown): unknown => {
    if (kind === 'config') return rules
    const survey = surveys.find((one) => one.key === key)
    if (kind === 'surveys') return survey && surveyTexts(`srv_${key}`, 1, survey, locale)
    const sent = (JSON.parse(`${body}`) as IngestRequest).items
    items.push(...sent)
    const acks = sent.map(({ type, ...item }) => ({ ...item, status: 'stored' }))
    return { items: acks } as unknown as IngestReply
  }

  const before = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    const found = address.exec(typeof input === 'object' && 'url' in input ? input.url : `${input}`)
    if (!found) return before(input, init)
    const [, kind = '', key, locale = ''] = found
    const reply = replyTo(kind, key, locale, init?.body)
    // Not a Response: some test environments have none. This is all of it that Heed reads.
    return {
      ok: !!reply,
      status: reply ? 200 : 404,
      headers: { get: () => null },
      json: async () => reply,
    } as unknown as Response
  }

  return {
    sent: () => [...items],
    responses() {
      const newest = new Map<string, ResponseItem>()
      for (const item of items)
        if (item.type === 'response' && item.seq > (newest.get(item.id)?.seq ?? 0)) newest.set(item.id, item)
      return [...newest.values()]
    },
    opened: (survey) =>
      until(
        () => findSurvey(survey),
        () => `the survey "${survey.key}" to open`,
      ),
    async close() {
      await new Promise((resolve) => setTimeout(resolve))
      globalThis.fetch = before
    },
  }
}
