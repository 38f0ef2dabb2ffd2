import { randomUUID } from 'node:crypto'
import { pixel } from '../pixel.ts'
import type { KnownValues } from './known-values.ts'
import { Known } from './wire-json.ts'

const base = { locales: ['en', 'ko'], triggers: [{ on: 'page' }, { on: 'event', name: 'purchase' }] }
const questions = [
  { key: 'nps', kind: 'nps', metric: 'nps', text: { en: 'Would you recommend us?', ko: '추천하시겠어요?' } },
  { key: 'why', kind: 'text', text: { en: 'Why?', ko: '왜요?' } },
]
/** The page's key is of this project alone: the short address of a page that two projects have leads nowhere. */
const surveysWith = (pageKey: string) => [
  { ...base, key: 'fuzzed', name: 'Fuzzed', display: { kind: 'popover' }, questions },
  { ...base, key: pageKey, name: 'Fuzzed page', display: { kind: 'page' }, questions },
]

/**
 * Puts the project back to where requests find something: active, open to every page, with live surveys and answers.
 * Fuzzing pauses, archives and deletes, and after that would only meet refusals.
 */
export async function tend(url: string, known: KnownValues, secretKey: string): Promise<void> {
  const projectId = known.resolve(new Known('projectId', 0))
  const publicKey = known.resolve(new Known('publicKey', 0))
  const call = async (
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ id: string; version: number }> => {
    const reply = await fetch(`${url}/v1/projects/${projectId}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secretKey}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    // A survey that is there already is no failure.
    if (!reply.ok && reply.status !== 409)
      throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as { id: string; version: number }
  }
  await call('PATCH', '', { status: 'active', settings: { origins: [] } })
  for (const survey of surveysWith(`page-${projectId.slice(4).toLowerCase()}`)) {
    await call('POST', '/surveys', survey)
    await call('PUT', `/surveys/${survey.key}`, survey)
    const { id, version } = await call('POST', `/surveys/${survey.key}/publish`)
    known.add('liveSurveyId', id)
    if (survey.display.kind === 'page') known.add('pageKey', survey.key)
    const items = ['느려요 slow', 'fine'].map((why, index) => {
      const responseId = newId()
      known.add('responseId', responseId)
      return {
        ...{
          type: 'response',
          id: responseId,
          seq: 1,
          surveyId: id,
          version,
          locale: 'en',
          test: index === 1,
        },
        ...{ visitor: `visitor-${index + 1}`, subject: `subject-${index + 1}` },
        answers: { nps: index * 9, why },
        context: {
          device: 'phone',
          url: 'https://shop.example/',
          timeZone: 'Asia/Seoul',
          variant: { exp1: 'b' },
        },
      }
    })
    const reply = await fetch(`${url}/v1/ingest/${publicKey}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ sdk: '1.0.0', items, events: ['purchase'] }),
    })
    if (!reply.ok) throw new Error(`ingest: ${reply.status} ${await reply.text()}`)
    // A project takes few pictures at once; one refused is no harm.
    await fetch(`${url}/v1/screenshots/${publicKey}/${items[0]?.id}`, {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: pixel,
    })
    known.add('picturedId', items[0]?.id ?? '')
  }
  await call('POST', '/surveys/fuzzed/preview', {}).then((link) => known.harvest('/preview', link))
}

/** A UUIDv7 as a browser makes it. */
function newId(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
