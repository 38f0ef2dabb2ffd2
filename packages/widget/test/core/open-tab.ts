import type { IngestItem, ResponseItem, SurveyRules } from '@heed/contract'
import { vi } from 'vitest'
import type { Keeper, Opened } from '../../src/core/keeper-interface.ts'

/** A request as it left the tab, at virtual time `at`. */
export interface Sent {
  at: number
  items: (IngestItem & { id: string; seq?: number })[]
  init: RequestInit
}

/** What the network does with a request. */
export type Answer =
  | 'ack'
  | 'empty'
  | 'network'
  | 'hang'
  | { status: number; headers?: Record<string, string>; body?: unknown }

const survey: SurveyRules = {
  id: 'srv_1',
  key: 'nps',
  version: 3,
  triggers: [{ on: 'manual' }],
  locales: ['en'],
  display: { kind: 'popover' },
}

/** Replaces `fetch`: every request is written down and answered as `answer` says. */
export function stubNetwork(answer: (sent: Sent, count: number) => Answer | Promise<Answer>) {
  const sent: Sent[] = []
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    const request: Sent = { at: Date.now(), items: JSON.parse(init.body as string).items, init }
    sent.push(request)
    const result = await answer(request, sent.length)
    if (result === 'network') throw new TypeError('Failed to fetch')
    if (result === 'hang')
      return new Promise((_resolve, reject) => {
        init.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
      })
    if (result === 'empty') return new Response('{"items":[]}')
    if (result !== 'ack') {
      const { status, headers = {}, body = {} } = result
      return { status, headers: new Headers(headers), json: async () => body }
    }
    const items = request.items.map(({ id, seq, ...item }) => ({
      id,
      ...(seq !== undefined && { seq }),
      ...('state' in item && { state: item.state }),
      status: 'stored',
    }))
    return new Response(JSON.stringify({ items }))
  })
  return sent
}

const tabs: Tab[] = []

/** Ends every tab of a test. */
export const closeTabs = () => {
  for (const tab of tabs.splice(0)) tab.close()
}

export interface Tab {
  keeper: Keeper
  /** Shows the survey; what it returns answers it. */
  open(): (answers: ResponseItem['answers'], completed?: boolean) => ReturnType<Keeper['save']>
  /** The page is gone without another word. */
  close(): void
  setConsent(isGranted: boolean): void
}

/** The keeper of a new page: its own modules, the storage of its browser. */
export async function openTab({ isGranted = true } = {}): Promise<Tab> {
  vi.resetModules()
  vi.stubGlobal('HEED_VERSION', '0.0.0')
  const { connect } = await import('../../src/core/keeper/connect.ts')
  const life = new AbortController()
  const memory = { id: 'visitor' }
  let consent = isGranted
  const keeper = connect(
    { host: 'https://heed.example', key: 'pk_1' },
    { surveys: [survey] },
    life.signal,
    () => consent,
    () => ({
      url: location.href,
      nowMs: Date.now(),
      seed: 'visitor',
      memory,
      sessionShown: false,
      context: {},
    }),
    () => {},
    [],
    Date.now(),
    async () => Promise.reject(new TypeError('Failed to fetch')),
  )
  const tab: Tab = {
    keeper,
    open() {
      const opened: Opened = [survey, 'manual', undefined, 'en', Date.now(), undefined]
      keeper.report(opened, 'shown')
      return (answers, completed = false) => keeper.save(opened, answers, completed, {})
    },
    close() {
      vi.stubGlobal('fetch', () => new Promise(() => {}))
      vi.clearAllTimers()
      // A page that is gone writes nothing either.
      consent = false
      life.abort()
    },
    setConsent(isGranted) {
      consent = isGranted
    },
  }
  tabs.push(tab)
  return tab
}

/** The records on the device. */
export const kept = (store: Storage = localStorage) =>
  Object.keys(store)
    .filter((name) => name.startsWith('heed.pk_1.r.'))
    .map((name) => JSON.parse(store.getItem(name) as string))

export const responses = (sent: Sent[]) =>
  sent.flatMap(({ items }) => items.filter((item): item is ResponseItem => item.type === 'response'))

export const losses = (sent: Sent[]) =>
  sent.flatMap(({ items }) => items.flatMap((item) => (item.type === 'loss' ? [item.reason] : [])))
