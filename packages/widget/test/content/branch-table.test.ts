import type { ConditionOperators, Question } from '@heed/contract'
import { describe, expect, it } from 'vitest'
import { branchTable } from '../../src/content/branch-table.ts'

const nps = (next: Question['next']): Question => ({
  key: 'nps',
  kind: 'nps',
  text: { en: '?' },
  ...(next && { next }),
})
const text = (key: string, next?: Question['next']): Question => ({
  key,
  kind: 'text',
  text: { en: '?' },
  ...(next && { next }),
})
const table = (question: Question, ...later: Question[]) => branchTable([question, ...later], question)

describe('where answers lead', () => {
  it('lists the commonest target once and every other answer by its value', () => {
    const question = nps([
      { when: { $lte: 6 }, go: 'why' },
      { when: { $lte: 8 }, go: 'more' },
      { go: 'praise' },
    ])
    expect(table(question, text('why'), text('more'), text('praise'))).toEqual({
      '*': 'why',
      '7': 'more',
      '8': 'more',
      '9': 'praise',
      '10': 'praise',
      '': 'praise',
    })
  })

  it('goes to the next in order where no rule matches, and to the end after the last', () => {
    const question = nps([{ when: { $eq: 10 }, go: 'praise' }])
    expect(table(question, text('why'), text('praise'))).toEqual({ '*': 'why', '10': 'praise' })
    expect(table(nps([{ when: { $eq: 10 }, go: 'end' }]))).toEqual({ '*': 'end' })
  })

  it('knows options by key, the free one as other, and the skipped question', () => {
    const question: Question = {
      key: 'reason',
      kind: 'single',
      text: { en: '?' },
      other: true,
      options: [
        { key: 'price', text: { en: 'Price' } },
        { key: 'colour', text: { en: 'Colour' } },
      ],
      next: [
        { when: { $eq: 'other' }, go: 'why' },
        { when: { $exists: false }, go: 'end' },
        { go: 'praise' },
      ],
    }
    expect(table(question, text('why'), text('praise'))).toEqual({ '*': 'praise', other: 'why', '': 'end' })
  })

  it('tells of a text whether there is one', () => {
    const question = text('why', [{ when: { $exists: true }, go: 'end' }])
    expect(table(question, text('more'))).toEqual({ '*': 'end', '': 'more' })
  })

  it('knows the steps of a rating, both thumbs and both answers to a consent', () => {
    const base = { key: 'q', text: { en: '?' } }
    const next = (when: ConditionOperators) => [{ when, go: 'end' }]
    const rating: Question = { ...base, kind: 'rating', scale: 3, next: next({ $gte: 3 }) }
    const thumbs: Question = { ...base, kind: 'thumbs', next: next({ $eq: 'up' }) }
    const consent: Question = { ...base, kind: 'consent', next: next({ $eq: false }) }
    expect(table(rating, text('why'))).toEqual({ '*': 'why', '3': 'end' })
    expect(table(thumbs, text('why'))).toEqual({ '*': 'end', down: 'why', '': 'why' })
    expect(table(consent, text('why'))).toEqual({ '*': 'why', false: 'end' })
  })

  it('tells of ticked options, an address and a message whether there is an answer', () => {
    const base = { key: 'q', text: { en: '?' }, next: [{ when: { $exists: true }, go: 'end' }] }
    const asked: Question[] = [
      { ...base, kind: 'multiple', options: [{ key: 'a', text: { en: 'A' } }] },
      { ...base, kind: 'email' },
      { ...base, kind: 'message' },
    ]
    for (const question of asked) expect(table(question, text('why'))).toEqual({ '*': 'end', '': 'why' })
  })

  it('is left out where nothing branches', () => {
    expect(table(text('why'), text('more'))).toBeUndefined()
  })
})
