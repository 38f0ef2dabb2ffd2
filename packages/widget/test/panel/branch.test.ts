import type { QuestionTexts } from '@heed/contract'
import { describe, expect, it } from 'vitest'
import { firstQuestion, nextQuestion } from '../../src/panel/branch.ts'
import { nps, praise, why } from './survey.ts'

const all = [nps, why, praise]
const unknown: QuestionTexts = { key: 'x', kind: 'hologram', text: '?' }

describe('the next question', () => {
  it('is the one named by the first rule that the answer meets', () => {
    expect(nextQuestion(all, nps, 6)).toBe(why)
    expect(nextQuestion(all, nps, 7)).toBe(praise)
  })

  it('is the next in order without rules, and none after the last', () => {
    const [a, b] = [{ ...nps, next: [] }, why]
    expect(nextQuestion([a, b], a, 3)).toBe(b)
    expect(nextQuestion([a, b], b, 'late')).toBeUndefined()
    expect(nextQuestion([praise], praise, 'all')).toBeUndefined()
  })

  it('is none when a rule says end', () => {
    expect(nextQuestion(all, why, 'late')).toBeUndefined()
  })

  it('is the next in order when a rule names a question that does not exist or came before', () => {
    const lost = { ...nps, next: [{ go: 'gone' }] }
    expect(nextQuestion([lost, why], lost, 3)).toBe(why)
    const back = { ...why, next: [{ go: 'nps' }] }
    expect(nextQuestion([nps, back, praise], back, 'late')).toBe(praise)
  })

  it('passes over kinds it does not know, also when a rule names one', () => {
    expect(firstQuestion([unknown, nps])).toBe(nps)
    const jump = { ...nps, next: [{ go: 'x' }] }
    expect(nextQuestion([jump, why, unknown, praise], jump, 3)).toBe(praise)
    expect(firstQuestion([unknown])).toBeUndefined()
  })

  it('takes a skipped question for a missing value, which meets no comparison', () => {
    const rated = {
      ...nps,
      next: [
        { when: { $lte: 6 }, go: 'why' },
        { when: { $exists: false }, go: 'praise' },
      ],
    }
    expect(nextQuestion([rated, why, praise], rated, undefined)).toBe(praise)
  })

  it('takes a free choice for the value other', () => {
    const reason: QuestionTexts = {
      key: 'reason',
      kind: 'single',
      text: 'Why?',
      next: [{ when: { $eq: 'other' }, go: 'praise' }],
    }
    expect(nextQuestion([reason, why, praise], reason, { other: 'the colour' })).toBe(praise)
    expect(nextQuestion([reason, why, praise], reason, 'price')).toBe(why)
  })
})
