import type { QuestionTexts } from '@heed/contract'
import { describe, expect, it } from 'vitest'
import { kit } from '../../../src/panel/extensions.ts'
import { connect } from '../../../src/panel/more/connect.ts'
import { longestWay } from '../../../src/panel/more/longest-way.ts'
import { nps, praise, why } from '../survey.ts'

connect(kit)
const all = [nps, why, praise]
const unknown: QuestionTexts = { key: 'x', kind: 'hologram', text: '?' }

describe('the longest way', () => {
  it('is the number of questions that a visitor meets at most, and not of those there are', () => {
    expect(longestWay(all, nps)).toBe(2)
    expect(longestWay([nps, why, { ...praise, next: { '*': 'end' } }], why)).toBe(1)
    const { next: _, ...plain } = nps
    expect(longestWay([plain, praise, unknown, { ...praise, key: 'more' }], plain)).toBe(3)
  })

  it('counts the way of an answer that the table does not name', () => {
    const few = { ...nps, next: { 0: 'end' } }
    expect(longestWay([few, praise], few)).toBe(2)
  })

  it('is found at once, however many branches there are', () => {
    const questions = Array.from({ length: 20 }, (_, at) => ({
      ...praise,
      key: `q${at}`,
      next: Object.fromEntries(Array.from({ length: 20 }, (_, to) => [`${to}`, `q${to}`])),
    }))
    expect(longestWay(questions, questions[0] as QuestionTexts)).toBe(20)
  })
})
