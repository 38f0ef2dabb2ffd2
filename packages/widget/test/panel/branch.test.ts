import type { QuestionTexts } from '@heed/contract'
import { describe, expect, it } from 'vitest'
import { firstQuestion, nextQuestion } from '../../src/panel/branch.ts'
import { kit } from '../../src/panel/extensions.ts'
import { connect } from '../../src/panel/more/connect.ts'
import { nps, praise, why } from './survey.ts'

connect(kit)
const all = [nps, why, praise]
const unknown: QuestionTexts = { key: 'x', kind: 'hologram', text: '?' }

describe('the next question', () => {
  it('is the one the table names for the answer', () => {
    expect(nextQuestion(all, nps, 6)).toBe(why)
    expect(nextQuestion(all, nps, 7)).toBe(praise)
  })

  it('is the next in order without a table, and none after the last', () => {
    const { next: _, ...plain } = nps
    expect(nextQuestion([plain, why], plain, 3)).toBe(why)
    expect(nextQuestion([praise], praise, 'all')).toBeUndefined()
  })

  it('is none when the table says end', () => {
    expect(nextQuestion(all, why, 'late')).toBeUndefined()
  })

  it('is the next in order when the table names a question that does not exist or came before', () => {
    const lost = { ...nps, next: { '*': 'gone' } }
    expect(nextQuestion([lost, why], lost, 3)).toBe(why)
    const back = { ...why, next: { '*': 'nps' } }
    expect(nextQuestion([nps, back, praise], back, 'late')).toBe(praise)
  })

  it('passes over kinds it does not know, also when the table names one', () => {
    expect(firstQuestion([unknown, nps])).toBe(nps)
    const jump = { ...nps, next: { '*': 'x' } }
    expect(nextQuestion([jump, why, unknown, praise], jump, 3)).toBe(praise)
    expect(firstQuestion([unknown])).toBeUndefined()
  })

  it('tells a skipped question from an answered one', () => {
    const rated = { ...nps, next: { '*': 'why', '': 'praise' } }
    expect(nextQuestion([rated, why, praise], rated, undefined)).toBe(praise)
    expect(nextQuestion([rated, why, praise], rated, 0)).toBe(why)
  })

  it('takes a free choice for the key other, and words for no key at all', () => {
    const reason: QuestionTexts = { key: 'reason', kind: 'single', text: 'Why?', next: { other: 'praise' } }
    expect(nextQuestion([reason, why, praise], reason, { other: 'the colour' })).toBe(praise)
    expect(nextQuestion([reason, why, praise], reason, 'price')).toBe(why)
    const text: QuestionTexts = { key: 't', kind: 'text', text: '?', next: { '*': 'why', yes: 'praise' } }
    expect(nextQuestion([text, why, praise], text, 'yes')).toBe(why)
    expect(nextQuestion([text, why, praise], text, 'constructor')).toBe(why)
  })

  it('takes several options for no key either, and a tick for true or false', () => {
    const several: QuestionTexts = {
      key: 'several',
      kind: 'multiple',
      text: '?',
      next: { '*': 'why', '': 'praise', price: 'praise' },
    }
    expect(nextQuestion([several, why, praise], several, ['price'])).toBe(why)
    expect(nextQuestion([several, why, praise], several, { keys: ['price'], other: 'x' })).toBe(why)
    expect(nextQuestion([several, why, praise], several, undefined)).toBe(praise)
    const tick: QuestionTexts = {
      key: 'tick',
      kind: 'consent',
      text: '?',
      next: { '*': 'why', false: 'praise' },
    }
    expect(nextQuestion([tick, why, praise], tick, false)).toBe(praise)
    expect(nextQuestion([tick, why, praise], tick, true)).toBe(why)
  })
})
