// @vitest-environment happy-dom
import type { IngestRequest, ResponseItem } from '@heed/contract'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { closePages, openPage, panel } from './open-page.ts'

/** What arrived at the server, which asks for half a minute while it is down. */
let sent: ResponseItem[]
let isDown: boolean

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  sent = []
  isDown = true
  vi.stubGlobal('fetch', async (_url: string, { body }: { body?: string } = {}) => {
    if (!body) return new Response('{"id":"srv_1","locale":"en"}')
    if (isDown) return new Response('{}', { status: 503, headers: { 'retry-after': '30' } })
    const { items } = JSON.parse(body) as IngestRequest
    for (const item of items) if (item.type === 'response') sent.push(item)
    return new Response(JSON.stringify({ items: items.map((item) => ({ ...item, status: 'stored' })) }))
  })
})
afterEach(() => {
  closePages()
  vi.useRealTimers()
})

/** A customer who has agreed to everything gives an answer that the server cannot take yet. */
async function answer() {
  const heed = await openPage({ consent: 'granted' })
  heed.identify('customer-1')
  expect(await heed.show('a', { force: true })).toBe('shown')
  panel?.save({ nps: 9 }, true, {})
  await vi.waitFor(() => expect(Object.values(localStorage).join()).toContain('customer-1'))
  return heed
}

const untilSent = async () => {
  isDown = false
  await vi.advanceTimersByTimeAsync(60_000)
  return sent[0]
}

test('an answer that waits for the server names visitor and customer as long as they agree', async () => {
  await answer()
  expect(await untilSent()).toMatchObject({ visitor: expect.any(String), subject: 'customer-1' })
})

test('it goes without the customer who does not want to be identified any more', async () => {
  const heed = await answer()
  heed.consent({ identify: 'denied' })
  expect(await untilSent()).toMatchObject({ visitor: expect.any(String), subject: null })
})

test('it leaves the device of a visitor who takes storage back, and goes without the visitor’s id', async () => {
  const heed = await answer()
  heed.consent({ storage: 'denied' })
  await vi.waitFor(() => expect(localStorage).toHaveLength(0))
  expect(await untilSent()).toMatchObject({ answers: { nps: 9 }, visitor: null, subject: 'customer-1' })
  expect(localStorage).toHaveLength(0)
})
