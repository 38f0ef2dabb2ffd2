import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isVisitShown, noteAnswered, notePage, noteShown, type VisitorMemory, visitMs } from '../src/index.ts'

describe('the memory of a visitor', () => {
  it('notes a display and when the last one was', () => {
    const memory = noteShown({ id: 'v', until: 5 }, 'srv_1', 100)
    const first = { id: 'v', until: 5, last: 100, surveys: { srv_1: { shown: [100] } } }
    expect(memory).toEqual({ ...first, visit: [100, 1, 1, true] })
    expect(noteShown(memory, 'srv_2', 200)).toEqual({
      id: 'v',
      until: 5,
      last: 200,
      visit: [100, 1, 1, true],
      surveys: { srv_1: { shown: [100] }, srv_2: { shown: [200] } },
    })
  })

  it('notes an answer beside the displays', () => {
    const memory = noteAnswered(noteShown({}, 'srv_1', 100), 'srv_1', 150)
    expect(memory.surveys).toEqual({ srv_1: { shown: [100], answered: 150 } })
  })

  it('keeps the last ten displays', () => {
    let memory: VisitorMemory = {}
    for (let i = 1; i <= 25; i++) memory = noteShown(memory, 'srv_1', i)
    expect(memory.surveys?.srv_1?.shown).toEqual([16, 17, 18, 19, 20, 21, 22, 23, 24, 25])
  })

  it('is never changed in place, so that a failed write loses nothing', () => {
    const memory = Object.freeze({
      surveys: Object.freeze({ srv_1: Object.freeze({ shown: Object.freeze([1]) }) }),
    })
    const given = memory as unknown as VisitorMemory
    noteShown(given, 'srv_1', 2)
    noteAnswered(given, 'srv_1', 3)
    expect(memory).toEqual({ surveys: { srv_1: { shown: [1] } } })
  })

  it('starts over when another script has overwritten it', () => {
    for (const shown of ['yesterday', 5, null, {}]) {
      const broken = { surveys: { srv_1: { shown } } } as unknown as VisitorMemory
      expect(noteShown(broken, 'srv_1', 7).surveys?.srv_1?.shown).toContain(7)
    }
  })
})

describe('a visit', () => {
  const pageAt = (memory: VisitorMemory, minute: number) => notePage(memory, minute * 60_000)

  it('goes on for half an hour from each page', () => {
    const memory = pageAt(pageAt(pageAt({}, 60), 89), 118)
    expect(memory.visit).toEqual([118 * 60_000, 1, 3])
    expect(pageAt(memory, 149).visit).toEqual([149 * 60_000, 2, 1])
  })

  it('takes what it counted with it', () => {
    const counted: VisitorMemory = { visit: [60_000, 1, 1, false, { purchase: 2 }] }
    expect(pageAt(counted, 2).visit?.[4]).toEqual({ purchase: 2 })
    expect(pageAt(counted, 40).visit).toHaveLength(3)
    expect(noteShown(counted, 'srv_1', 2).visit).toEqual([60_000, 1, 1, true, { purchase: 2 }])
  })

  it('has met a survey from its display until it ends', () => {
    const before = pageAt({ last: 1_000 }, 60)
    expect(isVisitShown({}, 0)).toBe(false)
    expect(isVisitShown(before, 61 * 60_000)).toBe(false)
    const shown = noteShown(before, 'srv_1', 61 * 60_000)
    expect(isVisitShown(shown, 62 * 60_000)).toBe(true)
    expect(isVisitShown(pageAt(shown, 80), 100 * 60_000)).toBe(true)
    expect(isVisitShown(shown, 91 * 60_000)).toBe(false)
    expect(isVisitShown(pageAt(shown, 200), 200 * 60_000)).toBe(false)
  })

  it('does not count a survey that the visitor found, only when it was there', () => {
    const shown = noteShown(pageAt({}, 60), 'srv_1', 61 * 60_000, true)
    expect(isVisitShown(shown, 62 * 60_000)).toBe(false)
    expect(shown.last).toBeUndefined()
    expect(shown.surveys?.srv_1?.shown).toEqual([61 * 60_000])
  })

  it('counts every page once, however they are spread', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 2 * visitMs }), { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(gaps, (waits) => {
        let nowMs = 1_000_000_000
        let memory: VisitorMemory = {}
        const pages: number[] = []
        for (const wait of waits) {
          nowMs += wait
          if (!memory.visit || wait >= visitMs) pages.push(0)
          pages[pages.length - 1] = (pages.at(-1) ?? 0) + 1
          memory = notePage(memory, nowMs)
        }
        expect(memory.visit?.slice(1)).toEqual([pages.length, pages.at(-1)])
      }),
    )
  })
})
