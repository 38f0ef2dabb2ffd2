import { failureKind, isDatabaseAway } from '@heed/db'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { useDatabase } from './use-database.ts'

const db = useDatabase({ statementTimeoutMs: 300, connectTimeoutMs: 1_000 })

const errorOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error === undefined) throw new Error('nothing failed')
  return error
}
const failing = (statement: string) => errorOf(sql.raw(statement).execute(db()))
const withCode = (code: string) => Object.assign(new Error('no'), { code })

describe('what PostgreSQL says of a statement', () => {
  test.each([
    ['a character that it cannot hold', '22P05', `select '"\\u0000"'::jsonb ->> 0`],
    ['a number that is too large', '22003', `select '99999'::smallint`],
    ['a null where none may be', '23502', `insert into projects (id) values (null)`],
    ['the same row twice', '21000', `select (select generate_series(1, 2))`],
    ['words that are too many for one comment', '54000', `select repeat('x', 1100000)::tsvector`],
    [
      'a value that is nested too deeply',
      '54001',
      `select (repeat('[', 50000) || repeat(']', 50000))::jsonb`,
    ],
  ])('%s is the fault of its row', async (_what, code, statement) => {
    const error = await failing(statement)
    expect(error).toMatchObject({ code })
    expect(failureKind(error)).toBe('data')
    expect(isDatabaseAway(error)).toBe(false)
  })

  test.each([
    ['a statement that takes too long', '57014', 'select pg_sleep(5)'],
    ['a read-only server', '25006', 'begin read only; create table x (); commit'],
    ['a disk that is full', '53100', `do $$ begin raise sqlstate '53100'; end $$`],
    ['a lock that is not to be had', '55P03', `do $$ begin raise sqlstate '55P03'; end $$`],
    ['a damaged table', 'XX001', `do $$ begin raise sqlstate 'XX001'; end $$`],
  ])('%s is no row’s fault, and passes', async (_what, code, statement) => {
    const error = await failing(statement)
    expect(error).toMatchObject({ code })
    expect(failureKind(error)).toBe('unavailable')
    expect(isDatabaseAway(error)).toBe(true)
  })

  test('a missing table is no row’s fault, and trying again is no advice', async () => {
    const error = await failing('select * from not_migrated_yet')
    expect(failureKind(error)).toBe('unavailable')
    expect(isDatabaseAway(error)).toBe(false)
  })

  test('another transaction in the way is tried again at once', () => {
    expect(['40001', '40P01'].map((code) => failureKind(withCode(code)))).toEqual(['conflict', 'conflict'])
    expect(isDatabaseAway(withCode('40P01'))).toBe(true)
  })

  test('its own mistakes and those of a trigger that somebody added may be either’s fault', () => {
    for (const code of ['XX000', 'P0001', '0A000']) {
      expect(failureKind(withCode(code))).toBe('unclear')
      expect(isDatabaseAway(withCode(code))).toBe(false)
    }
  })
})

test('a network or a name server that fails is the database away; a mistake of ours is not', () => {
  for (const code of ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'EMFILE', 'EAI_AGAIN', 'CERT_HAS_EXPIRED']) {
    expect(failureKind(withCode(code)), code).toBe('unavailable')
    expect(isDatabaseAway(withCode(code)), code).toBe(true)
  }
  for (const error of [new TypeError('x is undefined'), withCode('ERR_INVALID_ARG_TYPE'), 'a string']) {
    expect(failureKind(error)).toBe('unclear')
    expect(isDatabaseAway(error)).toBe(false)
  }
})
