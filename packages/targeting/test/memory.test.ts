import { describe, expect, it } from 'vitest'
import { noteAnswered, noteShown, type VisitorMemory } from '../src/index.ts'

describe('the memory of a visitor', () => {
  it('notes a display and when the last one was', () => {
    const memory = noteShown({ id: 'v', until: 5 }, 'srv_1', 100)
    expect(memory).toEqual({ id: 'v', until: 5, last: 100, surveys: { srv_1: { shown: [100] } } })
    expect(noteShown(memory, 'srv_2', 200)).toEqual({
      id: 'v',
      until: 5,
      last: 200,
      surveys: { srv_1: { shown: [100] }, srv_2: { shown: [200] } },
    })
  })

  it('notes an answer beside the displays', () => {
    const memory = noteAnswered(noteShown({}, 'srv_1', 100), 'srv_1', 150)
    expect(memory).toEqual({ last: 100, surveys: { srv_1: { shown: [100], answered: 150 } } })
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
