import {
  countFunnel,
  type DisplayRow,
  type FunnelQuery,
  newId,
  type ResponseRow,
  storeBatch,
  UnknownDimensionError,
} from '@heed/db'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { always, rowsOf } from './make-rows.ts'
import { useDatabase } from './use-database.ts'

const db = useDatabase()

type Rows = ReturnType<typeof rowsOf>

async function funnelOf(make: (rows: Rows) => { displays?: DisplayRow[]; responses?: ResponseRow[] }) {
  const rows = rowsOf(newId('prj'))
  const { displays = [], responses = [] } = make(rows)
  await storeBatch(db(), { displays, responses, losses: [] })
  const count = (query: Partial<FunnelQuery> = {}) =>
    countFunnel(db(), rows.projectId, { surveyId: rows.surveyId, ...always, ...query })
  return { ...rows, count }
}

const none = { shown: 0, seen: 0, started: 0, answered: 0, completed: 0, dismissed: 0, snoozed: 0 }

test('a state counts with every earlier one that it proves', async () => {
  const { count } = await funnelOf((rows) => ({
    displays: [
      rows.display('eligible'),
      rows.display('shown'),
      rows.display('seen'),
      rows.display('started'),
      rows.display('dismissed'),
      rows.display('snoozed'),
    ],
  }))
  expect(await count()).toEqual({
    counts: { ...none, shown: 5, seen: 2, started: 1, dismissed: 1, snoozed: 1 },
  })
})

test('a response counts as answered even when every record of its display was lost', async () => {
  const { count } = await funnelOf((rows) => ({
    responses: [rows.response(), rows.response({ completed: true })],
  }))
  expect(await count()).toEqual({
    counts: { ...none, shown: 2, seen: 2, started: 2, answered: 2, completed: 1 },
  })
})

test('a display and its response are one', async () => {
  const { count } = await funnelOf((rows) => {
    const answered = rows.display('started')
    return {
      displays: [answered, rows.display('dismissed')],
      responses: [rows.response({ id: answered.id })],
    }
  })
  expect((await count()).counts).toEqual({
    ...none,
    shown: 2,
    seen: 1,
    started: 1,
    answered: 1,
    dismissed: 1,
  })
})

test('test displays and excluded responses are left out whole', async () => {
  const { count, projectId } = await funnelOf((rows) => {
    const [rehearsed, spam] = [rows.display('seen'), rows.display('seen')]
    return {
      displays: [rehearsed, spam, rows.display('seen', { test: true }), rows.display('shown')],
      responses: [rows.response({ id: rehearsed.id, test: true }), rows.response({ id: spam.id, nps: 1 })],
    }
  })
  const excluded = db().updateTable('responses').set({ excluded: true })
  await excluded.where('project_id', '=', projectId).where('nps', '=', 1).execute()
  expect((await count()).counts).toEqual({ ...none, shown: 1 })
})

test('a display counts once in adjacent periods, in the one where the first of it arrived', async () => {
  const { count, projectId } = await funnelOf((rows) => {
    const late = rows.display('shown')
    return { displays: [late], responses: [rows.response({ id: late.id })] }
  })
  const midnight = new Date('2026-03-02T00:00:00Z')
  const move = (table: 'displays' | 'responses', at: string) =>
    sql`update ${sql.table(table)} set received_at = ${at} where project_id = ${projectId}`.execute(db())
  await move('displays', '2026-03-01T23:59:00Z')
  await move('responses', '2026-03-02T00:01:00Z')
  expect((await count({ to: midnight })).counts).toEqual({
    ...none,
    shown: 1,
    seen: 1,
    started: 1,
    answered: 1,
  })
  expect((await count({ from: midnight })).counts).toEqual(none)
})

test('groups and filters know what displays know', async () => {
  const { count } = await funnelOf((rows) => ({
    displays: [
      rows.display('seen', { device: 'phone', country: 'KR' }),
      rows.display('shown', { device: 'phone', country: 'DE' }),
      rows.display('shown', { surveyVersion: 2 }),
    ],
    responses: [rows.response({ device: 'desktop', country: 'KR' })],
  }))
  const { groups } = await count({ by: 'device' })
  expect(groups?.[0]).toEqual({ value: 'phone', counts: { ...none, shown: 2, seen: 1 } })
  expect(new Set(groups?.map(({ value }) => value))).toEqual(new Set(['desktop', 'phone', null]))
  expect((await count({ where: { country: 'KR' } })).counts).toEqual({
    ...none,
    shown: 2,
    seen: 2,
    started: 1,
    answered: 1,
  })
  expect((await count({ where: { version: { $gte: 2 } } })).counts).toEqual({ ...none, shown: 1 })
  await expect(count({ by: 'attributes.plan' })).rejects.toThrow(UnknownDimensionError)
  await expect(count({ where: { nps: 9 } })).rejects.toThrow('"nps"')
})

test('other surveys and other projects are left out', async () => {
  const { count, projectId, surveyId } = await funnelOf((rows) => ({ displays: [rows.display('shown')] }))
  const elsewhere = [rowsOf(projectId).display('shown'), rowsOf(newId('prj'), surveyId).display('shown')]
  await storeBatch(db(), { responses: [], displays: elsewhere, losses: [] })
  expect((await count()).counts.shown).toBe(1)
})
