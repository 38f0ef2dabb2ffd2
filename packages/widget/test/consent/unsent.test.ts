// @vitest-environment happy-dom
import type { IngestRequest, ResponseItem } from '@heed/contract'
import { afterEach, expect, test, vi } from 'vitest'
import type { Opened } from '../../src/core/keeper-interface.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
  localStorage.clear()
})

test('an answer that waits for the server is sent as consent stands then, not as it stood', async () => {
  vi.useFakeTimers()
  vi.stubGlobal('HEED_VERSION', '0.0.0')
  const sent: ResponseItem[] = []
  let isDown = true
  vi.stubGlobal('fetch', async (_url: string, { body }: { body: string }) => {
    if (isDown) return new Response('{}', { status: 503, headers: { 'retry-after': '30' } })
    const { items } = JSON.parse(body) as IngestRequest
    for (const item of items) if (item.type === 'response') sent.push(item)
    return new Response(JSON.stringify({ items: items.map((item) => ({ ...item, status: 'stored' })) }))
  })
  const allowed = { storage: true, identify: true }
  const { connect } = await import('../../src/core/keeper/connect.ts')
  const life = new AbortController()
  const survey = { id: 'srv_1', key: 'a', version: 1, triggers: [], locales: ['en'] }
  const keeper = connect(
    { host: 'https://heed.example', key: 'pk_1' },
    { surveys: [survey] },
    life.signal,
    (what) => allowed[what],
    () => ({
      url: location.href,
      nowMs: Date.now(),
      seed: 'visitor-1',
      memory: { id: 'visitor-1' },
      sessionShown: false,
      context: { subject: 'customer-1' },
    }),
    () => {},
  )
  const opened: Opened = [survey, 'manual', undefined, 'en', Date.now()]
  keeper.save(opened, { nps: 9 }, false, {})
  await vi.advanceTimersByTimeAsync(1_000)
  expect(localStorage.getItem(localStorage.key(0) ?? '')).toContain('customer-1')
  isDown = false
  allowed.identify = false
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sent[0]).toMatchObject({ visitor: 'visitor-1', subject: null })
  isDown = true
  allowed.identify = true
  keeper.save(opened, { nps: 10 }, true, {})
  await vi.advanceTimersByTimeAsync(1_000)
  isDown = false
  allowed.storage = false
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sent.at(-1)).toMatchObject({ answers: { nps: 10 }, visitor: null, subject: 'customer-1' })
  life.abort()
})
