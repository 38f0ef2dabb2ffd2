// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Answer, closeTabs, kept, losses, openTab, responses, stubNetwork } from './open-tab.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const setOnline = (isOnline: boolean) => vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isOnline)

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T10:00:00Z') })
  vi.spyOn(Math, 'random').mockReturnValue(1)
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  localStorage.clear()
  sessionStorage.clear()
})
afterEach(() => {
  closeTabs()
  vi.clearAllTimers()
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('an answer', () => {
  test('is on the device before it is sent, and leaves it when the server has echoed its id', async () => {
    const before: number[] = []
    const sent = stubNetwork(() => {
      before.push(kept().length)
      return 'ack'
    })
    const { open } = await openTab()
    expect(await open()({ nps: 9 })).toBe('kept')
    await pass(0)
    expect(before).toEqual([1])
    expect(responses(sent)[0]).toMatchObject({ surveyId: 'srv_1', version: 3, seq: 1, answers: { nps: 9 } })
    expect(kept()).toEqual([])
  })

  test('is sent as text that outlives the page, without credentials', async () => {
    const [sent] = [stubNetwork(() => 'ack')]
    const { open } = await openTab()
    open()({ nps: 9 })
    await pass(0)
    expect(sent[0]?.init).toMatchObject({ method: 'POST', keepalive: true, credentials: 'omit' })
    expect(sent[0]?.init.headers).toBeUndefined()
  })

  test('too long for keepalive is sent without it', async () => {
    const sent = stubNetwork(() => 'ack')
    const { open } = await openTab()
    open()({ why: '세'.repeat(22_000) })
    await pass(0)
    expect(sent[0]?.init.keepalive).toBe(false)
    expect(kept()).toEqual([])
  })

  test('tells the page when it is stored', async () => {
    stubNetwork(() => 'ack')
    const heard = vi.fn()
    document.addEventListener('heed:stored', (event) => heard((event as CustomEvent).detail), { once: true })
    const { open } = await openTab()
    open()({ nps: 9 })
    await pass(0)
    expect(heard).toHaveBeenCalledWith({ surveyKey: 'nps', id: expect.stringMatching(/^[0-9a-f-]{36}$/) })
  })
})

describe('what happens to an answer when the server replies', () => {
  const cases: [string, Answer, { tries: number; isKept: boolean; loss?: string }][] = [
    ...[400, 401, 403, 404, 410, 422].map(
      (status): [string, Answer, { tries: number; isKept: boolean; loss: string }] => [
        `${status}`,
        { status },
        { tries: 1, isKept: false, loss: 'refused' },
      ],
    ),
    ['413', { status: 413 }, { tries: 1, isKept: false, loss: 'tooLarge' }],
    ['409', { status: 409 }, { tries: 1, isKept: false }],
    ['200 without our id', 'empty', { tries: 3, isKept: true }],
    ['200 that is not JSON', { status: 200, body: 'sorry' }, { tries: 3, isKept: true }],
    ...[408, 425, 429, 500, 502, 503, 504].map(
      (status): [string, Answer, { tries: number; isKept: boolean }] => [
        `${status}`,
        { status },
        { tries: 6, isKept: true },
      ],
    ),
    ['a redirect or an opaque reply', { status: 0 }, { tries: 6, isKept: true }],
    ['a failed connection while online', 'network', { tries: 3, isKept: true }],
    ['nothing for ten seconds', 'hang', { tries: 6, isKept: true }],
  ]
  test.each(cases)('%s', async (_name, answer, expected) => {
    const sent = stubNetwork(() => answer)
    const { open } = await openTab()
    open()({ nps: 9 })
    await pass(hour)
    expect(responses(sent)).toHaveLength(expected.tries)
    expect(kept().filter(({ item }) => item.type === 'response')).toHaveLength(expected.isKept ? 1 : 0)
    expect(kept().flatMap(({ item }) => (item.type === 'loss' ? [item.reason] : []))).toEqual(
      expected.loss ? [expected.loss] : [],
    )
  })

  test('an item refused by itself is given up and counted', async () => {
    const sent = stubNetwork(({ items }, count) =>
      count > 1
        ? 'ack'
        : { status: 200, body: { items: items.map(({ id, seq }) => ({ id, seq, status: 'refused' })) } },
    )
    const { open } = await openTab()
    open()({ nps: 11 })
    await pass(hour)
    expect(responses(sent)).toHaveLength(1)
    expect(losses(sent)).toEqual(['refused'])
    expect(kept()).toEqual([])
  })

  test('an unknown key is told in one line', async () => {
    stubNetwork(() => ({ status: 401 }))
    const { open } = await openTab()
    open()({ nps: 9 })
    await pass(hour)
    expect(console.warn).toHaveBeenCalledExactlyOnceWith('heed: unknown key pk_1')
  })

  test('a parked answer is tried again on the next page', async () => {
    let isDown = true
    const sent = stubNetwork(() => (isDown ? 'network' : 'ack'))
    const { open, close } = await openTab()
    open()({ nps: 9 })
    await pass(hour)
    expect(responses(sent)).toHaveLength(3)
    close()
    isDown = false
    const again = stubNetwork(() => 'ack')
    const { keeper } = await openTab()
    keeper.recover()
    await pass(0)
    expect(responses(again)).toMatchObject([{ answers: { nps: 9 } }])
    expect(kept()).toEqual([])
  })
})

describe('waiting', () => {
  test('doubles from one second with full jitter', async () => {
    const sent = stubNetwork(() => ({ status: 503 }))
    const { open } = await openTab()
    open()({ nps: 9 })
    await pass(hour)
    const waits = sent.map(({ at }, index) => (at - (sent[index - 1]?.at ?? at)) / 1000)
    expect(waits).toEqual([0, 1, 2, 4, 8, 16])
  })

  test.each([
    ['7', 7],
    ['0', 1],
    ['-5', 1],
    ['86400', 3600],
    ['Sun, 22 Nov 2026 10:00:30 GMT', 30],
    ['soon', 1],
  ])('obeys Retry-After: %s as %d seconds', async (header, seconds) => {
    const sent = stubNetwork((_sent, count) =>
      count > 1 ? 'ack' : { status: 429, headers: { 'retry-after': header } },
    )
    const { open } = await openTab()
    open()({ nps: 9 })
    await pass(2 * hour)
    expect((sent[1]?.at ?? 0) - (sent[0]?.at ?? 0)).toBe(seconds * 1000)
  })

  test('holds for the other tabs too, for new answers too, and when the page goes', async () => {
    stubNetwork(() => ({ status: 503, headers: { 'retry-after': '60' } }))
    const first = await openTab()
    first.open()({ nps: 9 })
    await pass(0)
    first.close()
    const sent = stubNetwork(() => 'ack')
    const second = await openTab()
    second.open()({ nps: 3 })
    window.dispatchEvent(new Event('pagehide'))
    await pass(59_000)
    expect(sent).toEqual([])
    await pass(1_000)
    expect(responses(sent)).toMatchObject([{ answers: { nps: 3 } }])
  })

  test('does not believe a time that a wrong clock has written', async () => {
    localStorage.setItem('heed.pk_1.wait', `${Date.now() + 2 * hour}`)
    const sent = stubNetwork(() => 'ack')
    const { open } = await openTab()
    open()({ nps: 9 })
    await pass(0)
    expect(sent).toHaveLength(1)
  })

  test('does not try while offline, and goes on at once when online again', async () => {
    setOnline(false)
    const sent = stubNetwork(() => 'ack')
    const { open } = await openTab()
    expect(await open()({ nps: 9 })).toBe('kept')
    await pass(hour)
    expect(sent).toEqual([])
    setOnline(true)
    window.dispatchEvent(new Event('online'))
    await pass(0)
    expect(responses(sent)).toHaveLength(1)
  })

  test('a connection that breaks while going offline costs only one of six tries', async () => {
    const sent = stubNetwork((_sent, count) => {
      if (count > 3) return 'ack'
      setOnline(false)
      return 'network'
    })
    const { open } = await openTab()
    open()({ nps: 9 })
    for (let i = 0; i < 4; i++) {
      await pass(minute)
      setOnline(true)
      window.dispatchEvent(new Event('online'))
      await pass(0)
    }
    expect(responses(sent)).toHaveLength(4)
    expect(kept()).toEqual([])
  })
})

describe('a response that grows', () => {
  test('keeps what is new when what is old is acknowledged', async () => {
    let release = (_answer: Answer) => {}
    const sent = stubNetwork((_sent, count) =>
      count > 1 ? 'hang' : new Promise<Answer>((resolve) => (release = resolve)),
    )
    const { open } = await openTab()
    const answer = open()
    answer({ nps: 9 })
    answer({ nps: 9, why: 'fast' }, true)
    release('ack')
    await pass(0)
    expect(responses(sent).map(({ seq }) => seq)).toEqual([1, 2])
    expect(kept()).toMatchObject([{ item: { seq: 2, answers: { nps: 9, why: 'fast' } } }])
  })

  test('is not taken back by another tab that delivers an older state of it', async () => {
    stubNetwork(() => 'network')
    const writer = await openTab()
    const answer = writer.open()
    answer({ nps: 9 })
    await pass(0)
    const reader = await openTab()
    let release = (_answer: Answer) => {}
    stubNetwork(() => new Promise<Answer>((resolve) => (release = resolve)))
    reader.keeper.recover()
    answer({ nps: 9, why: 'fast' }, true)
    release('ack')
    await pass(0)
    expect(kept()).toMatchObject([{ item: { seq: 2 } }])
  })
  test('keeps what is new in memory too when what is old is acknowledged', async () => {
    let release = (_answer: Answer) => {}
    const sent = stubNetwork((_sent, count) =>
      count === 1
        ? new Promise<Answer>((resolve) => (release = resolve))
        : count === 2
          ? { status: 503 }
          : 'ack',
    )
    const { open } = await openTab({ isGranted: false })
    const answer = open()
    answer({ nps: 9 })
    const outcome = answer({ nps: 9, why: 'fast' }, true)
    await pass(0)
    release('ack')
    await pass(minute)
    expect(await outcome).toBe('stored')
    expect(responses(sent).map(({ seq }) => seq)).toEqual([1, 2, 2])
  })

  test('is not overwritten on the device by another tab that tries an older state of it', async () => {
    stubNetwork(() => 'network')
    const writer = await openTab()
    const answer = writer.open()
    answer({ nps: 9 })
    await pass(0)
    const reader = await openTab()
    stubNetwork(() => ({ status: 503 }))
    reader.keeper.recover()
    await pass(0)
    answer({ nps: 9, why: 'fast' }, true)
    writer.close()
    const sent = stubNetwork(() => ({ status: 503 }))
    window.dispatchEvent(new Event('online'))
    await pass(0)
    expect(responses(sent)).toHaveLength(1)
    expect(kept()).toMatchObject([{ item: { seq: 2 } }])
  })

  test('is not stored when the reply echoes an older state', async () => {
    stubNetwork(({ items }) => ({
      status: 200,
      body: { items: items.map(({ id }) => ({ id, seq: 1, status: 'stored' })) },
    }))
    const { open } = await openTab()
    const answer = open()
    answer({ nps: 9 })
    await pass(0)
    answer({ nps: 9, why: 'fast' }, true)
    await pass(minute)
    expect(kept()).toMatchObject([{ item: { seq: 2 } }])
  })
})

describe('limits', () => {
  test('gives an answer up after forty tries in its life and counts it', async () => {
    stubNetwork(() => ({ status: 503 }))
    for (let page = 0; page < 7; page++) {
      const { open, keeper, close } = await openTab()
      stubNetwork(() => ({ status: 503 }))
      if (page === 0) open()({ nps: 9 })
      keeper.recover()
      await pass(hour)
      close()
    }
    expect(kept().map(({ item }) => item.reason)).toEqual(['attempts'])
  })

  test('gives an answer up after seven days and counts it', async () => {
    stubNetwork(() => 'network')
    const { open, close } = await openTab()
    open()({ nps: 9 })
    await pass(hour)
    close()
    vi.setSystemTime(Date.now() + 8 * day)
    const sent = stubNetwork(() => 'ack')
    const { keeper, open: openNext } = await openTab()
    keeper.recover()
    await pass(minute)
    expect(sent).toEqual([])
    openNext()({ nps: 1 })
    await pass(minute)
    expect(responses(sent)).toMatchObject([{ answers: { nps: 1 } }])
    expect(losses(sent)).toEqual(['expired'])
  })

  test('says "not sent" to a new answer when fifty wait, and gives none of them up', async () => {
    setOnline(false)
    stubNetwork(() => 'ack')
    const { open } = await openTab()
    for (let i = 0; i < 50; i++) expect(await open()({ nps: 9 })).toBe('kept')
    const outcome = open()({ nps: 1 })
    await pass(10_000)
    expect(await outcome).toBe('unsent')
    expect(kept()).toHaveLength(50)
    const sent = stubNetwork(() => 'ack')
    setOnline(true)
    window.dispatchEvent(new Event('online'))
    await pass(minute)
    expect(responses(sent)).toHaveLength(51)
    expect(losses(sent)).toEqual(['full'])
    expect(kept()).toEqual([])
  })

  test('says "not sent" beyond 256 KiB', async () => {
    setOnline(false)
    const { open } = await openTab()
    for (let i = 0; i < 13; i++) expect(await open()({ why: 'a'.repeat(9_500) })).toBe('kept')
    const outcome = open()({ why: 'a'.repeat(9_500) })
    await pass(10_000)
    expect(await outcome).toBe('unsent')
  })
})

describe('storage', () => {
  test('is not touched without consent, and the answer waits for the server', async () => {
    const touched = vi.spyOn(window, 'localStorage', 'get')
    const sent = stubNetwork(() => 'ack')
    const { open } = await openTab({ isGranted: false })
    expect(await open()({ nps: 9 })).toBe('stored')
    expect(touched).not.toHaveBeenCalled()
    expect(responses(sent)[0]?.visitor).toBeNull()
  })

  test('without it an answer is unsent after ten seconds and may be tried again', async () => {
    let isDown = true
    const sent = stubNetwork(() => (isDown ? { status: 503 } : 'ack'))
    const { open } = await openTab({ isGranted: false })
    const answer = open()
    const outcome = answer({ nps: 9 })
    await pass(10_000)
    expect(await outcome).toBe('unsent')
    isDown = false
    const again = answer({ nps: 9 })
    await pass(10_000)
    expect(await again).toBe('stored')
    expect(responses(sent).at(-1)?.seq).toBe(2)
  })

  test('that is full falls back to the session', async () => {
    setOnline(false)
    const full = vi.spyOn(localStorage, 'setItem').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError')
    })
    const { open } = await openTab()
    expect(await open()({ nps: 9 })).toBe('kept')
    expect(kept(sessionStorage)).toHaveLength(1)
    full.mockRestore()
  })

  test('that throws at the first touch leaves the answer in memory and is counted', async () => {
    vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('', 'SecurityError')
    })
    vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
      throw new DOMException('', 'SecurityError')
    })
    let isDown = true
    const sent = stubNetwork(() => (isDown ? { status: 503 } : 'ack'))
    const { open } = await openTab()
    const outcome = open()({ nps: 9 })
    await pass(10_000)
    expect(await outcome).toBe('unsent')
    isDown = false
    await pass(minute)
    expect(losses(sent)).toEqual(['storage'])
    expect(responses(sent).at(-1)?.answers).toEqual({ nps: 9 })
  })

  test('keeps what is in memory as soon as it is allowed', async () => {
    stubNetwork(() => ({ status: 503 }))
    const { open, keeper, setConsent } = await openTab({ isGranted: false })
    open()({ nps: 9 })
    await pass(0)
    expect(kept()).toEqual([])
    setConsent(true)
    keeper.recover()
    expect(kept()).toHaveLength(1)
  })

  test('with something else under our name loses nothing of the rest', async () => {
    localStorage.setItem('heed.pk_1.r.broken', '{"item":')
    const sent = stubNetwork(() => 'ack')
    const { keeper, open } = await openTab()
    keeper.recover()
    open()({ nps: 9 })
    await pass(minute)
    expect(responses(sent)).toHaveLength(1)
    expect(losses(sent)).toEqual(['storage'])
    expect(kept()).toEqual([])
  })
})

describe('display states', () => {
  test('travel with the answer, the context once', async () => {
    const sent = stubNetwork(() => 'ack')
    const { open } = await openTab()
    const answer = open()
    await pass(1_000)
    answer({ nps: 9 })
    await pass(minute)
    expect(sent).toHaveLength(1)
    const displays = sent[0]?.items.filter((item) => item.type === 'display') ?? []
    expect(displays.map(({ state }) => state).sort()).toEqual(['eligible', 'shown'])
    expect(displays.filter(({ context }) => context)).toHaveLength(1)
  })

  test('go together a little later when there is no answer, and at once when the page goes', async () => {
    const sent = stubNetwork(() => 'ack')
    const { open } = await openTab()
    open()
    await pass(4_000)
    expect(sent).toEqual([])
    await pass(1_000)
    expect(sent).toHaveLength(1)
    open()
    window.dispatchEvent(new Event('pagehide'))
    expect(sent).toHaveLength(2)
    expect(kept()).toEqual([])
  })

  test('that fail are no lost answers', async () => {
    const sent = stubNetwork(() => ({ status: 400 }))
    const { open } = await openTab()
    open()
    await pass(hour)
    expect(sent).toHaveLength(1)
    expect(losses(sent)).toEqual([])
  })
})

describe('ages', () => {
  test('are as of sending', async () => {
    const sent = stubNetwork((_sent, count) => (count > 1 ? 'ack' : { status: 503 }))
    const { open } = await openTab()
    const answer = open()
    await pass(2_000)
    answer({ nps: 9 })
    await pass(minute)
    expect(responses(sent)).toMatchObject([
      { ageMs: 0, displayAgeMs: 2_000 },
      { ageMs: 1_000, displayAgeMs: 3_000 },
    ])
  })

  test('are never negative when the clock was set back', async () => {
    setOnline(false)
    const sent = stubNetwork(() => 'ack')
    const { open } = await openTab()
    open()({ nps: 9 })
    vi.setSystemTime(Date.now() - day)
    setOnline(true)
    window.dispatchEvent(new Event('online'))
    await pass(0)
    expect(responses(sent)).toMatchObject([{ ageMs: 0, displayAgeMs: 0 }])
  })
})

test('only the tab that holds the lock sends what was left', async () => {
  stubNetwork(() => 'network')
  const { open, close } = await openTab()
  open()({ nps: 9 })
  await pass(hour)
  close()
  const sent = stubNetwork(() => 'ack')
  const request = vi.fn(async (_name: string, _options: object, use: (lock: object | null) => unknown) =>
    use(null),
  )
  vi.stubGlobal('navigator', { onLine: true, locks: { request } })
  const { keeper } = await openTab()
  keeper.recover()
  await pass(minute)
  expect(sent).toEqual([])
  request.mockImplementation(async (_name, _options, use) => use({}))
  keeper.recover()
  await pass(minute)
  expect(responses(sent)).toHaveLength(1)
})
