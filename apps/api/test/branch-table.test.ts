import type { Question } from '@heed/contract'
import { describe, expect, it } from 'vitest'
import { branchTable } from '../src/content/branch-table.ts'

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

  it('is left out where nothing branches', () => {
    expect(table(text('why'), text('more'))).toBeUndefined()
  })
})
