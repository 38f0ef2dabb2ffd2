import type { Problem, Survey } from '@heed/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { gateLimits } from '../src/ingest/gate.ts'
import { response, startApi, type TestApi } from './support/start-api.ts'

let api: TestApi
let survey: Survey
let url: string

beforeEach(async () => {
  api = await startApi()
  survey = await api.publish()
  url = await api.app.listen({ port: 0 })
})
afterEach(() => api.close())

const post = (body: string) =>
  fetch(`${url}/v1/ingest/${api.project.publicKey}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', origin: 'https://shop.example' },
    body,
  })
const send = () => post(JSON.stringify({ sdk: '1', items: [response(survey)] }))

let isCrowded: boolean

/** As many wait at the gate as one project may have there, and whoever is let in comes back, until the crowd goes. */
function crowd(): void {
  const { gate } = api.app.services
  isCrowded = true
  const stay = () => {
    if (isCrowded) gate.enter(api.project.id, stay)
  }
  const untilMs = performance.now() + gateLimits.openMs
  gate.enter(api.project.id, () => {})
  while (performance.now() <= untilMs);
  while (gate.hasRoom(api.project.id)) gate.enter(api.project.id, stay)
}

test('whoever finds no room is told before his body is read, in words that a page can read', async () => {
  expect((await send()).status).toBe(200)
  api.app.server.prependOnceListener('request', crowd)
  const reply = await post('not JSON')
  isCrowded = false
  expect(reply.status).toBe(503)
  expect(Object.fromEntries(reply.headers)).toMatchObject({
    'content-type': 'application/problem+json; charset=utf-8',
    'retry-after': expect.stringMatching(/^[1-4]$/),
    'ratelimit-policy': `"queue";q=${gateLimits.waiting / 2}`,
    'access-control-allow-origin': '*',
    'access-control-expose-headers': expect.stringMatching(/retry-after/),
    'cache-control': 'no-store',
  })
  expect((await reply.json()) as Problem).toMatchObject({ status: 503, code: 'overloaded' })
  const { meters } = api.app.services
  expect((await meters.limited.get()).values).toContainEqual({ value: 1, labels: { reason: 'queue' } })
  expect((await meters.problems.get()).values).toContainEqual({ value: 1, labels: { code: 'overloaded' } })
})

test('when the crowd has gone everybody is taken again', async () => {
  expect((await send()).status).toBe(200)
  api.app.server.prependOnceListener('request', crowd)
  expect((await send()).status).toBe(503)
  isCrowded = false
  expect((await send()).status).toBe(200)
})
