import type { FastifyRequest } from 'fastify'
import { describe, expect, test } from 'vitest'
import { callerReader } from '../src/limits/caller-of.ts'
import { DailyQuotas } from '../src/limits/daily-quotas.ts'
import { isPrivateNetwork, networkOf } from '../src/limits/network-of.ts'
import { refuseForNow } from '../src/limits/refuse-for-now.ts'
import { TokenBuckets } from '../src/limits/token-buckets.ts'

describe('a token bucket', () => {
  function bucketsAt(quota: number, windowSeconds: number, capacity = 100) {
    const clock = { ms: 1_000_000 }
    const buckets = new TokenBuckets({ quota, windowSeconds }, capacity, () => clock.ms)
    const take = (count: number, key = 'a') => Array.from({ length: count }, () => buckets.take(key))
    return { clock, buckets, take }
  }

  test('gives its quota at once, then says when the next token comes', () => {
    const { take } = bucketsAt(3, 60)
    expect(take(5)).toEqual([0, 0, 0, 20_000, 20_000])
  })

  test('fills evenly, and never beyond its quota', () => {
    const { clock, take } = bucketsAt(3, 60)
    take(3)
    clock.ms += 20_000
    expect(take(2)).toEqual([0, 20_000])
    clock.ms += 3_600_000
    expect(take(4)).toEqual([0, 0, 0, 20_000])
  })

  test.each([7, 999, 6000])('of %i gives exactly so many, whatever the fractions', (quota) => {
    const { take } = bucketsAt(quota, 60)
    expect(take(quota + 10).filter((waitMs) => waitMs === 0)).toHaveLength(quota)
  })

  test('is one for each key', () => {
    const { buckets, take } = bucketsAt(1, 60)
    take(2, 'a')
    expect(buckets.take('b')).toBe(0)
  })

  test('is forgotten when too many others were used since', () => {
    const { buckets, take } = bucketsAt(1, 60, 2)
    take(1, 'a')
    take(1, 'b')
    expect(buckets.take('a')).toBeGreaterThan(0)
    take(1, 'c')
    expect(buckets.take('a')).toBe(0)
  })
})

describe('the network of an address', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::ffff:cb00:7107', '203.0.113.7'],
    ['203.0.113.7:4711', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:1:2::9', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['2001:db8:1:2::192.0.2.1', '2001:db8:1:2'],
    ['[2001:db8:1:2::9]:4711', '2001:db8:1:2'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['::', '0:0:0:0'],
    ['unknown', undefined],
    ['', undefined],
    ['203.0.113.7, 10.0.0.1', undefined],
  ])('%s: %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  test.each([
    ['127.0.0.1', true],
    ['10.1.2.3', true],
    ['172.16.0.1', true],
    ['172.32.0.1', false],
    ['192.168.0.1', true],
    ['192.169.0.1', false],
    ['100.64.0.1', true],
    ['100.128.0.1', false],
    ['203.0.113.7', false],
    ['::1', true],
    ['fd00::1', true],
    ['fe80::1', true],
    ['fec0::1', false],
    ['2001:db8::1', false],
  ])('%s is private: %s', (address, isPrivate) => {
    expect(isPrivateNetwork(networkOf(address) ?? '')).toBe(isPrivate)
  })
})

describe('a caller', () => {
  /** The caller of a new connection from this address. */
  const callerOf = (remoteAddress: string, countsPrivate = false, read = reader(countsPrivate)) =>
    read({ raw: { socket: { remoteAddress } }, headers: {} } as unknown as FastifyRequest)
  const reader = (countsPrivate: boolean) => callerReader({ trustProxy: [], countsPrivate })

  test('of a private network is a proxy that nobody named, unless the operator says otherwise', () => {
    for (const address of ['10.0.0.1', '::ffff:127.0.0.1', 'fd00::1', '']) {
      expect(callerOf(address)).toBeUndefined()
    }
    expect(callerOf('10.0.0.1', true)).toBeDefined()
    expect(callerOf('203.0.113.7')).toBeDefined()
  })

  test('is known by nothing that could be read back, and by another thing in every process', () => {
    const [one, other] = [reader(false), reader(false)]
    expect(callerOf('203.0.113.7', false, one)).toBe(callerOf('::ffff:203.0.113.7', false, one))
    expect(callerOf('203.0.113.7', false, one)).not.toBe(callerOf('203.0.113.7', false, other))
    expect(callerOf('203.0.113.7', false, one)).toMatch(/^[\w+/]{43}=$/)
  })
})

describe('a refusal for now', () => {
  const headersOf = (waitMs: number) =>
    refuseForNow('rate_limited', 'x', { policy: 'address', quota: 600, windowSeconds: 60, waitMs }).headers

  test('names the policy, what is left and when there is more', () => {
    expect(headersOf(2_500)).toMatchObject({
      'ratelimit-policy': '"address";q=600;w=60',
      ratelimit: '"address";r=0;t=3',
    })
  })

  test('spreads those who were refused together, and keeps nobody longer than an hour', () => {
    const waits = (waitMs: number) =>
      Array.from({ length: 500 }, () => Number(headersOf(waitMs)['retry-after']))
    expect(new Set(waits(100))).toEqual(new Set([1, 2, 3, 4]))
    expect(new Set(waits(86_400_000)).size).toBeGreaterThan(100)
    expect(Math.max(...waits(86_400_000))).toBeLessThanOrEqual(3600)
    expect(Math.min(...waits(30_000))).toBeGreaterThanOrEqual(30)
  })
})

describe('the quota of a day', () => {
  /** Stands for the table: what all processes have counted. */
  function useQuotas(rows: number, bytes: number) {
    const table = { rows: 0, bytes: 0, failure: undefined as Error | undefined, asked: 0 }
    const open = () =>
      new DailyQuotas({
        rows,
        bytes,
        intervalMs: 60_000,
        nowMs: () => Date.UTC(2030, 0, 1, 23, 59, 30),
        async addUsage(usage) {
          if (table.failure) throw table.failure
          table.asked += usage.length
          return usage.map((one) => {
            table.rows += one.rows
            table.bytes += one.bytes
            return { projectId: one.projectId, rows: table.rows, bytes: table.bytes }
          })
        },
      })
    return { table, open }
  }

  test('is exact in one process', () => {
    const quotas = useQuotas(3, 0).open()
    quotas.note('p', 2, 100)
    expect(quotas.refusalOf('p')).toBeUndefined()
    quotas.note('p', 1, 100)
    expect(quotas.refusalOf('p')?.reason).toBe('quota_rows')
    expect(quotas.refusalOf('other')).toBeUndefined()
  })

  test('says that it ends at midnight', () => {
    const quotas = useQuotas(0, 100).open()
    quotas.note('p', 1, 100)
    const { reason, problem } = quotas.refusalOf('p') ?? {}
    expect(reason).toBe('quota_bytes')
    expect(problem?.headers).toMatchObject({
      'ratelimit-policy': '"bytes";q=100;w=86400;qu="content-bytes"',
      ratelimit: '"bytes";r=0;t=30',
    })
  })

  test('is one for all processes, and outlives a start', async () => {
    const { open } = useQuotas(3, 0)
    const [one, other] = [open(), open()]
    one.note('p', 2, 1)
    other.note('p', 1, 1)
    await one.flush()
    await other.flush()
    expect(one.refusalOf('p')).toBeUndefined()
    await one.flush()
    expect(one.refusalOf('p')?.reason).toBe('quota_rows')
    const restarted = open()
    expect(restarted.refusalOf('p')).toBeUndefined()
    await restarted.flush()
    expect(restarted.refusalOf('p')?.reason).toBe('quota_rows')
  })

  test('begins anew for a project that is only being refused', async () => {
    const { table, open } = useQuotas(1, 0)
    const quotas = open()
    quotas.note('p', 1, 1)
    await quotas.flush()
    expect(quotas.refusalOf('p')).toBeDefined()
    table.rows = 0
    await quotas.flush()
    expect(quotas.refusalOf('p')).toBeUndefined()
  })

  test('counts once what a failed write held, and what came while it was written', async () => {
    const { table, open } = useQuotas(0, 1000)
    const quotas = open()
    quotas.note('p', 1, 10)
    table.failure = new Error('gone')
    await quotas.flush()
    table.failure = undefined
    const flushing = quotas.flush()
    quotas.note('p', 1, 5)
    await flushing
    await quotas.close()
    expect(table).toMatchObject({ rows: 2, bytes: 15 })
  })

  test('forgets a project that nobody uses', async () => {
    const { table, open } = useQuotas(2, 0)
    const quotas = open()
    quotas.note('p', 1, 1)
    for (let turn = 0; turn < 4; turn += 1) await quotas.flush()
    expect(table.asked).toBe(1)
    await quotas.close()
  })
})
