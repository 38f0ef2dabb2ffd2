import { describe, expect, test } from 'vitest'
import { Budget } from '../src/directory/budget.ts'
import { FreshCache } from '../src/directory/fresh-cache.ts'
import { Lru } from '../src/directory/lru.ts'

/** A cache over a source that answers when it is told to. */
function manualCache() {
  const asked: string[] = []
  let answer: (key: string) => Promise<string | null> = async (key) => `${key} ${asked.length}`
  let nowMs = 0
  const cache = new FreshCache<string | null>(
    (key) => {
      asked.push(key)
      return answer(key)
    },
    { capacity: 3, freshMs: 100, staleMs: 1000, patienceMs: 1, now: () => nowMs },
  )
  return {
    cache,
    asked,
    wait: (ms: number) => (nowMs += ms),
    answerWith: (next: typeof answer) => {
      answer = next
    },
  }
}

describe('what a slow source said', () => {
  test('is asked once while it is fresh, however many ask at the same time', async () => {
    const { cache, asked, wait } = manualCache()
    expect(cache.peek('a')).toBeUndefined()
    expect(await Promise.all([cache.get('a'), cache.get('a')])).toEqual(['a 1', 'a 1'])
    wait(99)
    expect(cache.peek('a')).toBe('a 1')
    expect(await cache.get('a')).toBe('a 1')
    wait(1)
    expect(cache.peek('a')).toBeUndefined()
    expect(await cache.get('a')).toBe('a 2')
    expect(asked).toHaveLength(2)
  })

  test('"there is none" is an answer too', async () => {
    const { cache, asked, answerWith } = manualCache()
    answerWith(async () => null)
    expect(await cache.get('a')).toBeNull()
    expect(await cache.get('a')).toBeNull()
    expect(cache.peek('a')).toBeNull()
    expect(asked).toHaveLength(1)
  })

  test('stands in while the source fails, until it is too old', async () => {
    const { cache, wait, answerWith } = manualCache()
    await cache.get('a')
    answerWith(() => Promise.reject(new Error('gone')))
    wait(999)
    expect(await cache.get('a')).toBe('a 1')
    wait(1)
    await expect(cache.get('a')).rejects.toThrowError('gone')
    await expect(cache.get('b')).rejects.toThrowError('gone')
  })

  test('stands in while the source neither answers nor fails', async () => {
    const { cache, wait, answerWith } = manualCache()
    await cache.get('a')
    answerWith(() => new Promise(() => {}))
    wait(200)
    expect(await cache.get('a')).toBe('a 1')
  })

  test('is forgotten on demand, and a load under way does not bring it back', async () => {
    const { cache, answerWith } = manualCache()
    let finish: (value: string) => void = () => {}
    answerWith(() => new Promise((resolve) => (finish = resolve)))
    const old = cache.get('a')
    cache.delete('a')
    answerWith(async () => 'new')
    expect(await cache.get('a')).toBe('new')
    finish('old')
    expect(await old).toBe('old')
    expect(cache.peek('a')).toBe('new')
  })

  test('does not fill the memory', async () => {
    const { cache } = manualCache()
    for (const key of ['a', 'b', 'c', 'd']) await cache.get(key)
    expect(cache.has('a')).toBe(false)
    expect(cache.has('d')).toBe(true)
  })
})

test('a bounded map forgets what was used longest ago', () => {
  const map = new Lru<number>(2)
  map.set('a', 1)
  map.set('b', 2)
  expect(map.get('a')).toBe(1)
  map.set('c', 3)
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([1, undefined, 3])
})

test('a budget allows its burst and then no more than its rate', () => {
  let nowMs = 0
  const budget = new Budget(3, 10, () => nowMs)
  const taken = () => Array.from({ length: 10 }, () => budget.take()).filter(Boolean).length
  expect(taken()).toBe(3)
  nowMs += 100
  expect(taken()).toBe(1)
  nowMs += 60_000
  expect(taken()).toBe(3)
})
