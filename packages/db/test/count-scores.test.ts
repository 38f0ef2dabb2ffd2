import {
  countScores,
  createProject,
  createSurvey,
  InvalidConditionError,
  InvalidTimeZoneError,
  type ResponseRow,
  type ScoreQuery,
  storeBatch,
  UnknownDimensionError,
} from '@heed/db'
import { expect, test } from 'vitest'
import { always, makeDefinition, rowsOf } from './make-rows.ts'
import { useDatabase } from './use-database.ts'

const db = useDatabase()

/** A survey with these responses; `at` moves the receipt of one to a moment. */
async function surveyWith(responses: (Partial<ResponseRow> & { at?: string })[]) {
  const projectId = (await createProject(db(), { name: 'Shop' })).project.id
  const survey = await createSurvey(db(), projectId, makeDefinition())
  const rows = rowsOf(projectId, survey.id)
  for (const { at, ...given } of responses) {
    const row = rows.response(given)
    await storeBatch(db(), { responses: [row], displays: [], losses: [] })
    if (!at) continue
    const moved = db()
      .updateTable('responses')
      .set({ received_at: new Date(at) })
    await moved.where('project_id', '=', projectId).where('id', '=', row.id).execute()
  }
  const count = (query: Partial<ScoreQuery> = {}) =>
    countScores(db(), projectId, { surveyId: survey.id, metric: 'nps', ...always, ...query })
  return { projectId, survey, count }
}

const at = (length: number, counts: Record<number, number>) =>
  Array.from({ length }, (_, value) => counts[value] ?? 0)

test('answers are counted by value, and only where there is one', async () => {
  const { count } = await surveyWith([{ nps: 10 }, { nps: 10 }, { nps: 0 }, { csat: 5 }, { gcr: 2 }, {}])
  expect(await count()).toEqual({ total: at(11, { 0: 1, 10: 2 }) })
  expect(await count({ metric: 'csat' })).toEqual({ total: at(6, { 5: 1 }) })
  expect(await count({ metric: 'ces' })).toEqual({ total: at(8, {}) })
  expect(await count({ metric: 'gcr' })).toEqual({ total: at(3, { 2: 1 }) })
})

test('excluded and test responses, other surveys and other projects are left out', async () => {
  const { count, projectId, survey } = await surveyWith([{ nps: 9 }, { nps: 1, test: true }, { nps: 2 }])
  const spam = db().updateTable('responses').set({ excluded: true })
  await spam.where('project_id', '=', projectId).where('nps', '=', 2).execute()
  const elsewhere = [
    rowsOf(projectId).response({ nps: 3 }),
    rowsOf('prj_other', survey.id).response({ nps: 4 }),
  ]
  await storeBatch(db(), { responses: elsewhere, displays: [], losses: [] })
  expect(await count()).toEqual({ total: at(11, { 9: 1 }) })
})

test('a period takes its beginning and leaves out its end', async () => {
  const moments = ['2026-03-01T00:00:00Z', '2026-03-01T12:00:00Z', '2026-03-02T00:00:00Z']
  const { count } = await surveyWith(moments.map((moment, nps) => ({ nps, at: moment })))
  const period = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-03-02T00:00:00Z') }
  expect(await count(period)).toEqual({ total: at(11, { 0: 1, 1: 1 }) })
  expect(await count({ from: null, to: period.from })).toEqual({ total: at(11, {}) })
})

test('days begin at local midnight on both sides of a change to summer time', async () => {
  const { count } = await surveyWith([
    { nps: 1, at: '2026-03-28T22:59:59Z' }, // 28 March, 23:59 in Berlin
    { nps: 2, at: '2026-03-28T23:00:00Z' }, // 29 March, 00:00, the day that has 23 hours
    { nps: 3, at: '2026-03-29T21:59:59Z' }, // 29 March, 23:59
    { nps: 4, at: '2026-03-29T22:00:00Z' }, // 30 March, 00:00
  ])
  const { series, total } = await count({ interval: 'day', timezone: 'Europe/Berlin' })
  expect(series).toEqual([
    { at: '2026-03-27T23:00:00.000Z', histogram: at(11, { 1: 1 }) },
    { at: '2026-03-28T23:00:00.000Z', histogram: at(11, { 2: 1, 3: 1 }) },
    { at: '2026-03-29T22:00:00.000Z', histogram: at(11, { 4: 1 }) },
  ])
  expect(total).toEqual(at(11, { 1: 1, 2: 1, 3: 1, 4: 1 }))
})

test('the hour that summer time repeats is two hours', async () => {
  const { count } = await surveyWith([
    { nps: 1, at: '2026-10-25T00:30:00Z' },
    { nps: 2, at: '2026-10-25T01:30:00Z' },
  ])
  const { series } = await count({ interval: 'hour', timezone: 'Europe/Berlin' })
  expect(series?.map((bucket) => bucket.at)).toEqual(['2026-10-25T00:00:00.000Z', '2026-10-25T01:00:00.000Z'])
})

test('weeks begin on Monday and months on the first, in the zone that was asked for', async () => {
  const { count } = await surveyWith([{ nps: 1, at: '2026-05-31T16:00:00Z' }]) // Monday 1 June in Seoul
  const first = async (interval: 'week' | 'month', timezone?: string) =>
    (await count({ interval, ...(timezone && { timezone }) })).series?.[0]?.at
  expect(await first('week', 'Asia/Seoul')).toBe('2026-05-31T15:00:00.000Z')
  expect(await first('week')).toBe('2026-05-25T00:00:00.000Z')
  expect(await first('month', 'Asia/Seoul')).toBe('2026-05-31T15:00:00.000Z')
  expect(await first('month')).toBe('2026-05-01T00:00:00.000Z')
})

test('an unknown time zone is refused by name, offsets too', async () => {
  const { count } = await surveyWith([])
  for (const timezone of ['Mars/Olympus', '+09', 'UTC+9; drop table x', '']) {
    await expect(count({ interval: 'day', timezone })).rejects.toThrow(InvalidTimeZoneError)
  }
})

test('responses are grouped by what came with them, largest group first', async () => {
  const { count } = await surveyWith([
    { nps: 9, device: 'phone', context: { variant: { exp1: 'b' }, attributes: { plan: 'gold', visits: 3 } } },
    { nps: 8, device: 'phone', context: { variant: { exp1: 'b' } } },
    { nps: 7, device: 'desktop', surveyVersion: 2 },
    { nps: 6 },
  ])
  const sizes = async (by: string) =>
    (await count({ by })).groups?.map(({ value, histogram }) => [
      value,
      histogram.reduce((sum, n) => sum + n, 0),
    ])
  expect((await sizes('device'))?.[0]).toEqual(['phone', 2])
  expect(await sizes('device')).toEqual(
    expect.arrayContaining([
      ['desktop', 1],
      [null, 1],
    ]),
  )
  expect(await sizes('version')).toEqual([
    ['1', 3],
    ['2', 1],
  ])
  expect(await sizes('variant.exp1')).toEqual(
    expect.arrayContaining([
      ['b', 2],
      [null, 2],
    ]),
  )
  expect(await sizes('attributes.visits')).toEqual([
    [null, 3],
    ['3', 1],
  ])
})

test('a filter narrows the total, the series and the groups alike', async () => {
  const { count } = await surveyWith([
    { nps: 9, device: 'phone', country: 'KR', at: '2026-03-01T00:00:00Z' },
    { nps: 3, device: 'phone', country: 'DE', at: '2026-03-02T00:00:00Z' },
    { nps: 5, device: 'desktop', country: 'KR', at: '2026-03-03T00:00:00Z' },
  ])
  const where = { country: 'KR', nps: { $gte: 6 } }
  const histogram = at(11, { 9: 1 })
  expect(await count({ where, by: 'device', interval: 'day' })).toEqual({
    total: histogram,
    series: [{ at: '2026-03-01T00:00:00.000Z', histogram }],
    groups: [{ value: 'phone', histogram }],
  })
})

test('what is no dimension is refused by name, never reaches SQL', async () => {
  const { count } = await surveyWith([])
  const hostile = ['answers', 'project_id', 'visitor', 'attributes', '"; drop table responses; --', '']
  for (const by of hostile) {
    await expect(count({ by: by || 'x' })).rejects.toThrow(UnknownDimensionError)
    if (by !== 'attributes')
      await expect(count({ where: { [by]: 1 } })).rejects.toThrow(UnknownDimensionError)
  }
  await expect(count({ by: 'visitor' })).rejects.toThrow('"visitor"')
  const names = `attributes.x') or true or ('1`
  expect(await count({ by: names, where: { [names]: `' or true --` } })).toMatchObject({ groups: [] })
})

test('a condition that cannot be meant is refused with its place', async () => {
  const { count } = await surveyWith([])
  const bad = (where: unknown) => expect(count({ where: where as never })).rejects
  await bad({ device: { $regex: '.*' } }).toThrow('where.device.$regex')
  await bad({ device: { $in: 'phone' } }).toThrow('where.device.$in')
  await bad({ $and: { device: 'phone' } }).toThrow('where.$and')
  await bad({ nps: { $gt: null } }).toThrow(InvalidConditionError)
  await bad({ event: 'a\u0000' }).toThrow('NUL')
  await bad({ 'attributes.\ud800': 1 }).toThrow('surrogate')
  await bad([1]).toThrow(InvalidConditionError)
  let deep: unknown = { device: 'phone' }
  for (let level = 0; level < 50; level++) deep = { $not: deep }
  await bad(deep).toThrow('deeper')
  await bad({ $or: Array.from({ length: 400 }, () => ({ device: 'phone' })) }).toThrow('more than')
})
