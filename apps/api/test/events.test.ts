import type { HeardEvent, Survey } from '@heed/contract'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { EventNames } from '../src/ingest/event-names.ts'
import { eventWarnings } from '../src/publish/event-warnings.ts'
import { definition } from './support/definition.ts'
import { response, startApi, type TestApi } from './support/start-api.ts'

describe('names of events that pages have sent', () => {
  function recorder(fails = 0) {
    const written: [string, ...string[]][] = []
    const failures: unknown[] = []
    let left = fails
    const names = new EventNames({
      async store(projectId, given) {
        left -= 1
        if (left >= 0) throw new Error('gone')
        written.push([projectId, ...given])
      },
      onFailure: (error) => failures.push(error),
    })
    return { names, written, failures }
  }

  test('are written together and once, for each project', async () => {
    const { names, written } = recorder()
    names.note('prj_1', ['purchase', 'view_item', 'purchase'])
    names.note('prj_1', ['view_item', 'add_to_cart'])
    names.note('prj_2', ['purchase'])
    await names.flush()
    names.note('prj_1', ['purchase'])
    await names.flush()
    expect(written).toEqual([
      ['prj_1', 'purchase', 'view_item', 'add_to_cart'],
      ['prj_2', 'purchase'],
    ])
  })

  test('are written without anybody asking, soon', async () => {
    vi.useFakeTimers()
    try {
      const { names, written } = recorder()
      names.note('prj_1', ['purchase'])
      expect(written).toEqual([])
      await vi.advanceTimersByTimeAsync(1000)
      expect(written).toEqual([['prj_1', 'purchase']])
    } finally {
      vi.useRealTimers()
    }
  })

  test('are not taken for names whatever a page sends', async () => {
    const { names, written } = recorder()
    for (const odd of [
      'purchase',
      null,
      { a: 1 },
      5,
      [null, 5, '', 'x'.repeat(101), 'a\nb', 'a@b.c', '\ud800', {}],
    ])
      names.note('prj_1', odd)
    await names.flush()
    expect(written).toEqual([])
  })

  test('are bounded, whoever makes them up', async () => {
    const { names, written } = recorder()
    for (let round = 0; round < 20; round++)
      names.note(
        'prj_1',
        Array.from({ length: 100 }, (_, index) => `made_up_${round}_${index}`),
      )
    await names.flush()
    expect(written.flat()).toHaveLength(501)
  })

  test('are tried again after a write that failed, which nobody else hears of', async () => {
    const { names, written, failures } = recorder(1)
    names.note('prj_1', ['purchase'])
    await names.flush()
    expect(failures).toHaveLength(1)
    names.note('prj_1', ['purchase'])
    await names.flush()
    expect(written).toEqual([['prj_1', 'purchase']])
  })
})

describe('a survey that waits for an event', () => {
  const warnings = (name: string, ...heard: string[]) =>
    eventWarnings({ triggers: [{ on: 'page' }, { on: 'event', name }] }, heard).map(
      ({ path, message }) => `${path}: ${message}`,
    )

  test('is told when no page has ever sent it, with the nearest name', () => {
    expect(warnings('purchse', 'add_to_cart', 'purchase')).toEqual([
      'triggers.1.name: no page has sent "purchse" so far; did you mean "purchase"? heard: purchase, add_to_cart',
    ])
    expect(warnings('addToCart', 'purchase', 'add_to_cart')[0]).toContain('did you mean "add_to_cart"?')
    expect(warnings('signup', 'purchase')).toEqual([
      'triggers.1.name: no page has sent "signup" so far; heard: purchase',
    ])
    expect(warnings('purchase')).toEqual([
      'triggers.1.name: no page has sent "purchase" so far; none has sent any event',
    ])
  })

  test('hears of a few names, not of five hundred', () => {
    const heard = Array.from({ length: 500 }, (_, index) => `event_${index}`)
    expect(warnings('purchase', ...heard)[0]).toMatch(/(event_\d+, ){9}event_\d+, and 490 more$/)
  })

  test('is left alone when it has been sent, and counts what cancels and what is counted too', () => {
    expect(warnings('purchase', 'purchase')).toEqual([])
    const found = eventWarnings(
      {
        triggers: [{ on: 'nth', what: 'event', count: 3, name: 'viewed' }],
        cancelOn: [{ name: 'bought' }],
      },
      ['purchase'],
    )
    expect(found.map(({ path }) => path)).toEqual(['triggers.0.name', 'cancelOn.0.name'])
  })
})

describe('a project', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startApi()
  })
  afterAll(() => api.close())

  test('remembers what its pages send, and says so when a survey is read or published', async () => {
    const survey = await api.publish({ triggers: [{ on: 'event', name: 'purchse' }] })
    expect(survey.warnings).toMatchObject([{ path: 'triggers.0.name' }])
    const items = [response(survey)]
    const payload = JSON.stringify({ sdk: '1', items, events: ['purchase', 'add_to_cart', 7] })
    expect((await api.send(items, { payload })).reply.items).toMatchObject([{ status: 'stored' }])
    await api.app.services.eventNames.flush()

    const { reply } = await api.call<{ data: HeardEvent[] }>('GET', '/events')
    expect(reply.data).toEqual([
      { name: 'add_to_cart', firstSeenAt: expect.any(String) },
      { name: 'purchase', firstSeenAt: expect.any(String) },
    ])
    const read = await api.call<Survey>('GET', `/surveys/${survey.id}`)
    expect(read.reply.warnings).toEqual([
      { path: 'triggers.0.name', message: expect.stringContaining('did you mean "purchase"?') },
    ])
    await api.call('PUT', `/surveys/${survey.id}`, definition())
    const published = await api.call<Survey>('POST', `/surveys/${survey.id}/publish`)
    expect(published.reply.warnings).toEqual([])
  })

  test('loses no answer when the names cannot be kept', async () => {
    const survey = await api.publish({ key: 'names-lost' })
    const items = [response(survey)]
    const payload = JSON.stringify({ sdk: '1', items, events: { not: 'a list' } })
    expect((await api.send(items, { payload })).reply.items).toMatchObject([{ status: 'stored' }])
  })
})
