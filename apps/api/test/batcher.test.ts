import { failureKind } from '@heed/db'
import { describe, expect, test } from 'vitest'
import {
  Batcher,
  type BatcherOptions,
  batchLimits,
  OverloadedError,
  type RowOutcome,
  UnavailableError,
} from '../src/ingest/batcher.ts'

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
    classify: failureKind,
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

  test('is halved too when it is not plain whose fault it is; then nobody is told that its row was refused', async () => {
    const { batcher, failures } = manualStore({
      async store(rows) {
        if (rows.includes('odd')) throw sqlError('XX000')
        return rows.map(() => 'stored')
      },
    })
    const results = await Promise.allSettled(['a', 'odd', 'b', 'c'].map((row) => batcher.submit([row], 1)))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
    expect(results[1]).toMatchObject({ reason: expect.any(UnavailableError) })
    expect(failures).toHaveLength(1)
  })

  test('is not looked for in every row when they all fail', async () => {
    let statements = 0
    const { batcher } = manualStore({
      async store() {
        statements += 1
        throw sqlError('XX000')
      },
    })
    const rows = Array.from({ length: 500 }, (_, n) => `row${n}`)
    await expect(batcher.submit(rows, 500)).rejects.toThrowError(UnavailableError)
    expect(statements).toBeLessThanOrEqual(32)
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
  test.each(['08006', '53100', '57P01', '57014', 'ECONNRESET', 'ECONNREFUSED', '25006', '42P01'])(
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
  test('refuses rows beyond half of it to one lane at once and takes them again when there is room', async () => {
    const { batcher, batches } = manualStore()
    const rows = Array.from({ length: batchLimits.queueRows / 2 }, (_, index) => String(index))
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
    void batcher.submit(['a'], batchLimits.queueBytes / 2)
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

describe('lanes', () => {
  const rowsOf = (name: string, count: number) => Array.from({ length: count }, (_, n) => `${name}${n}`)

  test('one request is in the next batch, however many wait in another lane', async () => {
    const { batcher, batches, submit } = manualStore()
    void submit('under way')
    await turn()
    for (const row of rowsOf('busy', 63)) void batcher.submit([row], 1, 'busy')
    void batcher.submit(['calm'], 1, 'calm')
    for (const row of rowsOf('later', 3000)) void batcher.submit([row], 1, 'busy')
    await turn()
    expect(batches[1]?.rows).toHaveLength(batchLimits.batchRows)
    expect(batches[1]?.rows.indexOf('calm')).toBe(batchLimits.turnRows)
    expect(batches[2]?.rows.every((row) => row.startsWith('later'))).toBe(true)
  })

  test('share a batch by rows and by bytes, whatever the size of their requests', async () => {
    const { batcher, batches, submit } = manualStore()
    void submit('under way')
    await turn()
    const rowBytes = batchLimits.batchBytes / batchLimits.batchRows
    for (let n = 0; n < 60; n += 1) void batcher.submit(rowsOf('many', 100), 1, 'many')
    for (let n = 0; n < 600; n += 1) void batcher.submit(['heavy'], 20 * rowBytes, 'heavy')
    for (let n = 0; n < 2000; n += 1) void batcher.submit(['small'], 1, 'small')
    const stored = { many: 0, heavy: 0, small: 0 }
    for (let n = 0; stored.small < 500; n += 1) {
      await turn()
      for (const row of batches[n]?.rows ?? []) {
        stored[row.replace(/\d/g, '') as keyof typeof stored] += row === 'heavy' ? 20 : 1
      }
      batches[n]?.commit()
      if (stored.small >= 500) break
    }
    // Costs in rows; within one turn and one large request of each other.
    expect(Math.abs(stored.many - stored.small)).toBeLessThanOrEqual(100 + batchLimits.turnRows)
    expect(Math.abs(stored.heavy - stored.small)).toBeLessThanOrEqual(100 + batchLimits.turnRows)
  })

  test('a project at twenty times its share costs itself, and nobody else a row or a batch', async () => {
    const { batcher, batches } = manualStore()
    const calm = ['a', 'b', 'c', 'd']
    const share = batchLimits.batchRows / 5
    const refused: Record<string, number> = {}
    const firstBatchOf = new Map<string, number>()
    for (let round = 0; round < 60; round += 1) {
      for (let n = 0; n < 20 * share; n += 1) {
        batcher.submit(['busy'], 1, 'busy').catch(() => (refused.busy = (refused.busy ?? 0) + 1))
      }
      for (const name of calm) {
        for (let n = 0; n < share / 2; n += 1) {
          const row = `${name} ${round} ${n}`
          firstBatchOf.set(row, batches.length)
          batcher.submit([row], 1, name).catch(() => (refused[name] = (refused[name] ?? 0) + 1))
        }
      }
      await turn()
      batches[round]?.commit()
      await turn()
    }
    expect(refused).toEqual({ busy: expect.any(Number) })
    const waits = batches.flatMap(({ rows }, index) =>
      rows.filter((row) => row !== 'busy').map((row) => index - (firstBatchOf.get(row) ?? 0)),
    )
    expect(waits.length).toBeGreaterThan(calm.length * (share / 2) * 55)
    expect(Math.max(...waits)).toBeLessThanOrEqual(1)
    expect(batcher.heldRows).toBeLessThanOrEqual(batchLimits.queueRows)
  })

  test('a newcomer finds room while others hold all that they may', async () => {
    const { batcher } = manualStore()
    const fill = (name: string) => {
      let count = 0
      while (batcher.hasRoom(name)) {
        batcher.submit([name], 1, name).catch(() => {})
        count += 1
      }
      return count
    }
    expect(fill('first')).toBe(batchLimits.queueRows / 2)
    expect(fill('second')).toBe(batchLimits.queueRows / 4)
    expect(fill('third')).toBe(batchLimits.queueRows / 8)
    expect(batcher.hasRoom('fourth')).toBe(true)
  })

  test('one that has waited too long is refused alone', async () => {
    const { batcher, batches, submit, wait } = manualStore()
    void submit('in flight').catch(() => {})
    await turn()
    const waiting = batcher.submit(['old'], 1, 'old')
    waiting.catch(() => {})
    wait(batchLimits.queueAgeMs + 1)
    expect(batcher.hasRoom('old')).toBe(false)
    await expect(waiting).rejects.toThrowError(OverloadedError)
    const young = batcher.submit(['young'], 1, 'young')
    batches[0]?.commit()
    await turn()
    batches[1]?.commit()
    expect(await young).toEqual(['stored'])
  })

  test('rows of one lane are committed in the order they came', async () => {
    const { batcher, batches } = manualStore()
    const given = rowsOf('r', 5000)
    for (const row of given) void batcher.submit([row], 1, 'lane')
    for (let n = 0; n < 10; n += 1) {
      await turn()
      batches[n]?.commit()
    }
    expect(batches.flatMap(({ rows }) => rows)).toEqual(given)
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
