import { describe, expect, test } from 'vitest'
import {
  Batcher,
  type BatcherOptions,
  batchLimits,
  OverloadedError,
  type RowOutcome,
  UnavailableError,
} from '../src/ingest/batcher.ts'
import { classifyFailure } from '../src/ingest/classify-failure.ts'

/** A store that commits when it is told to, and remembers what it was given. */
function manualStore(options: Partial<BatcherOptions<string>> = {}) {
  const batches: { rows: string[]; commit(): void; fail(error: unknown): void }[] = []
  const failures: unknown[] = []
  let nowMs = 0
  const batcher = new Batcher<string>({
    store: (rows) =>
      new Promise<RowOutcome[]>((resolve, reject) => {
        batches.push({ rows: [...rows], commit: () => resolve(rows.map(() => 'stored')), fail: reject })
      }),
    classify: classifyFailure,
    onFailure: (error) => failures.push(error),
    now: () => nowMs,
    ...options,
  })
  const submit = (...rows: string[]) => batcher.submit(rows, rows.length)
  const many = (count: number) => Array.from({ length: count }, (_, index) => submit(`row${index}`))
  return { batcher, batches, failures, submit, many, wait: (ms: number) => (nowMs += ms) }
}

/** Lets everything run that is due now. */
const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
const sqlError = (code: string) => Object.assign(new Error(code), { code })

describe('group commit', () => {
  test('commits one row at once when nothing else is going on', async () => {
    const { batches, submit } = manualStore()
    const done = submit('a')
    await turn()
    expect(batches.map(({ rows }) => rows)).toEqual([['a']])
    batches[0]?.commit()
    expect(await done).toEqual(['stored'])
  })

  test('commits together what arrives while a commit is under way, and answers each with its own rows', async () => {
    const { batches, submit } = manualStore()
    const first = submit('a')
    await turn()
    const second = submit('b', 'c')
    const third = submit('d')
    await turn()
    expect(batches).toHaveLength(1)
    batches[0]?.commit()
    expect(await first).toEqual(['stored'])
    await turn()
    expect(batches[1]?.rows).toEqual(['b', 'c', 'd'])
    batches[1]?.commit()
    expect(await second).toHaveLength(2)
    expect(await third).toHaveLength(1)
  })

  test('does not acknowledge before the commit', async () => {
    const { batches, submit } = manualStore()
    let isDone = false
    const done = submit('a').then(() => {
      isDone = true
    })
    await turn()
    expect(isDone).toBe(false)
    batches[0]?.commit()
    await done
  })

  test('takes at most 500 rows at once and runs three flushers only while 512 wait', async () => {
    const { batches, submit, many } = manualStore()
    void submit('first')
    await turn()
    many(63)
    await turn()
    expect(batches).toHaveLength(1)
    many(1)
    await turn()
    expect(batches).toHaveLength(2)
    expect(batches[1]?.rows).toHaveLength(64)
    many(batchLimits.thirdFlusherRows)
    await turn()
    expect(batches).toHaveLength(3)
    expect(batches[2]?.rows).toHaveLength(batchLimits.batchRows)
    many(2000)
    await turn()
    expect(batches).toHaveLength(3)
  })

  test('takes at most 1 MB at once, but never stands still behind a large one', async () => {
    const { batcher, batches } = manualStore()
    for (const row of ['a', 'b', 'c']) void batcher.submit([row], batchLimits.batchBytes - 1)
    await turn()
    expect(batches.map(({ rows }) => rows)).toEqual([['a']])
  })
})

describe('a batch with a bad row', () => {
  test('is halved until the bad one is alone; its neighbours are stored', async () => {
    const seen: string[][] = []
    const { batcher } = manualStore({
      async store(rows) {
        seen.push([...rows])
        if (rows.includes('bad')) throw sqlError('22P05')
        return rows.map(() => 'stored')
      },
    })
    const results = await Promise.all(
      ['a', 'b', 'bad', 'c', 'd', 'e', 'f'].map((row) => batcher.submit([row], 1)),
    )
    expect(results.map(([outcome]) => outcome)).toEqual([
      'stored',
      'stored',
      { refused: expect.any(String) },
      'stored',
      'stored',
      'stored',
      'stored',
    ])
    expect(seen[0]).toHaveLength(7)
    expect(seen.some((rows) => rows.length === 1 && rows[0] === 'bad')).toBe(true)
  })

  test('tries a conflict again and gives up on one that stays', async () => {
    let tries = 0
    const { batcher, failures } = manualStore({
      async store(rows) {
        tries += 1
        if (rows[0] === 'never' || tries < 3) throw sqlError('40P01')
        return rows.map(() => 'stored')
      },
    })
    expect(await batcher.submit(['a'], 1)).toEqual(['stored'])
    await expect(batcher.submit(['never'], 1)).rejects.toThrowError(UnavailableError)
    expect(failures).toHaveLength(1)
  })
})

describe('a database that does not answer', () => {
  test.each(['08006', '53100', '57P01', '57014', 'ECONNRESET', 'ECONNREFUSED', 'XX000', '42P01'])(
    '%s leaves every row of the batch unacknowledged',
    async (code) => {
      const { batches, submit } = manualStore()
      const results = Promise.allSettled([submit('a'), submit('b')])
      await turn()
      batches[0]?.fail(sqlError(code))
      for (const result of await results) {
        expect(result).toMatchObject({ status: 'rejected', reason: expect.any(UnavailableError) })
      }
    },
  )

  test('a failure in the middle of a split leaves the whole batch unacknowledged', async () => {
    const { batcher } = manualStore({
      async store(rows) {
        throw sqlError(rows.length > 1 ? '22001' : '08006')
      },
    })
    await expect(batcher.submit(['a', 'b'], 2)).rejects.toThrowError(UnavailableError)
  })

  test('the queue goes on with the next batch', async () => {
    const { batches, submit } = manualStore()
    const first = submit('a').catch(() => 'failed')
    await turn()
    const second = submit('b')
    batches[0]?.fail(sqlError('57P01'))
    expect(await first).toBe('failed')
    await turn()
    batches[1]?.commit()
    expect(await second).toEqual(['stored'])
  })
})

describe('a full queue', () => {
  test('refuses rows beyond its limit at once and takes them again when there is room', async () => {
    const { batcher, batches } = manualStore()
    const rows = Array.from({ length: batchLimits.queueRows }, (_, index) => String(index))
    const held = batcher.submit(rows, 1)
    await expect(batcher.submit(['one more'], 1)).rejects.toThrowError(OverloadedError)
    await turn()
    batches[0]?.commit()
    await held
    const next = batcher.submit(['one more'], 1)
    await turn()
    batches[1]?.commit()
    expect(await next).toEqual(['stored'])
  })

  test('refuses bytes beyond its limit', async () => {
    const { batcher } = manualStore()
    void batcher.submit(['a'], batchLimits.queueBytes)
    await expect(batcher.submit(['b'], 1)).rejects.toThrowError(OverloadedError)
  })

  test('refuses newcomers and the waiting once the oldest has waited 10 seconds', async () => {
    const { batches, submit, wait, batcher } = manualStore()
    void submit('in flight').catch(() => {})
    await turn()
    const waiting = submit('waiting')
    wait(batchLimits.queueAgeMs + 1)
    await expect(submit('late')).rejects.toThrowError(OverloadedError)
    await expect(waiting).rejects.toThrowError(OverloadedError)
    expect(batcher.heldRows).toBe(1)
    expect(batches).toHaveLength(1)
  })
})

test('whenIdle resolves after the last commit', async () => {
  const { batcher, batches, submit } = manualStore()
  await batcher.whenIdle()
  void submit('a')
  let isIdle = false
  const idle = batcher.whenIdle().then(() => {
    isIdle = true
  })
  await turn()
  expect(isIdle).toBe(false)
  batches[0]?.commit()
  await idle
})
