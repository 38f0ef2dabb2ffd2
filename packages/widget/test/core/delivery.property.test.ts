// @vitest-environment happy-dom
import type { ResponseItem } from '@heed/contract'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Answer, closeTabs, kept, openTab, stubNetwork, type Tab } from './open-tab.ts'

const hour = 3_600_000

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T10:00:00Z') })
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterEach(() => {
  closeTabs()
  vi.clearAllTimers()
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

/** What the network does next; `lost` commits at the server, but the reply never comes. */
const weather = fc.constantFrom('ack', 'lost', 'network', 'empty', 'hang', 'busy', 'later', 'proxy')
const action = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('answer' as const), survey: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(120_000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('page' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('tab' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hide' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('clock' as const), ms: fc.integer({ min: -hour, max: hour }) }),
  },
)

test('what was kept is stored, in its newest state, whatever network, tabs and clock do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(weather), fc.array(action, { maxLength: 25 }), async (weathers, actions) => {
      localStorage.clear()
      sessionStorage.clear()
      vi.setSystemTime(new Date('2026-11-22T10:00:00Z'))
      /** The server's table: highest `seq` wins. */
      const stored = new Map<string, number>()
      const promised = new Map<string, number>()
      const store = (items: { id: string; seq?: number; type: string }[]) => {
        for (const { id, seq = 0, type } of items)
          if (type === 'response') stored.set(id, Math.max(seq, stored.get(id) ?? 0))
      }
      const network = (next: () => (typeof weathers)[number] | undefined) =>
        stubNetwork(({ items }): Answer => {
          const what = next() ?? 'ack'
          if (what === 'ack' || what === 'lost' || what === 'hang') store(items)
          if (what === 'lost') return 'network'
          if (what === 'busy') return { status: 503, headers: { 'retry-after': '20' } }
          if (what === 'later') return { status: 500 }
          if (what === 'proxy') return { status: 200, body: '<html>' }
          return what
        })
      let queue = [...weathers]
      const tabs: { tab: Tab; answers: ReturnType<Tab['open']>[]; seqs: number[] }[] = []
      const openNext = async () => {
        network(() => queue.shift())
        const tab = await openTab()
        tab.keeper.recover()
        tabs.push({ tab, answers: [tab.open(), tab.open(), tab.open()], seqs: [0, 0, 0] })
      }
      await openNext()
      for (const step of actions) {
        const current = tabs.at(-1)
        if (step.do === 'answer' && current) {
          current.seqs[step.survey] = (current.seqs[step.survey] ?? 0) + 1
          const n = `${tabs.length}-${step.survey}`
          const outcome = await current.answers[step.survey]?.({ n, seq: current.seqs[step.survey] ?? 0 })
          expect(outcome).toBe('kept')
          promised.set(n, current.seqs[step.survey] ?? 0)
        }
        if (step.do === 'wait') await vi.advanceTimersByTimeAsync(step.ms)
        if (step.do === 'clock') vi.setSystemTime(Date.now() + step.ms)
        if (step.do === 'hide') window.dispatchEvent(new Event('pagehide'))
        if (step.do === 'page') {
          current?.tab.close()
          await openNext()
        }
        if (step.do === 'tab') await openNext()
      }
      for (const { tab } of tabs) tab.close()
      queue = []
      // Everything is well again: the next pages deliver what is left.
      const answers = new Map<string, number>()
      const sent = network(() => 'ack')
      const waiting = kept().filter(({ item }) => item.type === 'response')
      for (let page = 0; page < 2; page++) {
        const tab = await openTab()
        tab.keeper.recover()
        await vi.advanceTimersByTimeAsync(2 * hour)
      }
      expect(kept().filter(({ item }) => item.type === 'response')).toEqual([])
      for (const { item } of waiting as { item: ResponseItem }[]) answers.set(item.id, item.seq)
      for (const [id, seq] of answers) expect(stored.get(id)).toBeGreaterThanOrEqual(seq)
      // As many responses as were promised, none in an older state than promised.
      expect([...stored.values()].sort()).toEqual([...promised.values()].sort())
      for (const { items } of sent)
        for (const item of items) if (item.type === 'response') expect(item.ageMs).toBeGreaterThanOrEqual(0)
      closeTabs()
    }),
    { numRuns: 60 },
  )
}, 60_000)
