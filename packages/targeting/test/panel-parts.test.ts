import type { Question, SurveyDefinition } from '@heed/contract'
import { describe, expect, it } from 'vitest'
import { panelParts } from '../src/index.ts'

const text = { en: 'x' }
const nps: Question = { key: 'nps', kind: 'nps', text }
const parts = (changes: Partial<SurveyDefinition>) =>
  panelParts({ display: { kind: 'popover' }, questions: [nps], ...changes })

describe('the parts that a survey needs besides the panel', () => {
  it('are none for a score and a comment in a popover', () => {
    expect(parts({ questions: [nps, { key: 't', kind: 'text', text }] })).toEqual([])
  })

  it('draw the rarer questions', () => {
    const option = { key: 'a', text }
    const rarer: Question[] = [
      { key: 'q', kind: 'csat', text },
      { key: 'q', kind: 'gcr', text },
      { key: 'q', kind: 'thumbs', text },
      { key: 'q', kind: 'rating', text },
      { key: 'q', kind: 'single', text, options: [option] },
      { key: 'q', kind: 'multiple', text, options: [option] },
      { key: 'q', kind: 'email', text },
      { key: 'q', kind: 'consent', text },
      { key: 'q', kind: 'link', text, url: 'https://shop.example' },
      { key: 'q', kind: 'message', text },
    ]
    for (const question of rarer) expect(parts({ questions: [nps, question] })).toEqual(['more'])
  })

  it('take a picture of the page', () => {
    expect(parts({ questions: [{ key: 't', kind: 'text', text, screenshot: true }] })).toEqual(['more'])
    expect(parts({ questions: [{ key: 't', kind: 'text', text, screenshot: false }] })).toEqual([])
  })

  it('tell how far the visitor is, where a way is long, however many questions there are', () => {
    const why: Question = { key: 'why', kind: 'text', text }
    const praise: Question = { key: 'praise', kind: 'text', text }
    expect(parts({ questions: [nps, why, praise] })).toEqual(['more'])
    const branched: Question = { ...nps, next: [{ when: { $lte: 6 }, go: 'why' }, { go: 'praise' }] }
    expect(parts({ questions: [branched, { ...why, next: [{ go: 'end' }] }, praise] })).toEqual([])
    expect(parts({ questions: [branched, why, praise] })).toEqual(['more'])
    expect(parts({ questions: [{ ...nps, next: [{ when: { $gte: 9 }, go: 'gone' }] }, why] })).toEqual([])
    expect(parts({ questions: [{ ...nps, next: [{ go: 'gone' }] }, why, praise] })).toEqual(['more'])
  })

  it('fill texts in, wherever in a question or the ending they stand', () => {
    const named = { en: 'x', ko: '{product.name|상품}' }
    expect(parts({ questions: [{ ...nps, text: named }] })).toEqual(['more'])
    expect(parts({ questions: [{ ...nps, hint: named }] })).toEqual(['more'])
    expect(parts({ questions: [nps, { key: 't', kind: 'text', text, placeholder: named }] })).toEqual([
      'more',
    ])
    expect(parts({ ending: { text: named } })).toEqual(['more'])
  })

  it('paint a card of the shop’s own', () => {
    for (const appearance of [
      { background: '#102030' },
      { textDark: '#fff' },
      { density: 'compact' },
      { shadow: 'none' },
      { logo: 'https://shop.example/logo.svg' },
    ] as const)
      expect(parts({ display: { kind: 'popover', appearance } })).toEqual(['surfaces'])
    const appearance = { mode: 'dark', accent: '#a00', radius: 4, font: 'inherit' } as const
    expect(parts({ display: { kind: 'popover', appearance } })).toEqual([])
  })

  it('hold everything but popover and sheet', () => {
    for (const kind of ['modal', 'bar', 'button', 'inline'] as const)
      expect(parts({ display: { kind } })).toEqual(['surfaces'])
    expect(parts({ display: { kind: 'popover', teaser: text } })).toEqual(['surfaces'])
    expect(parts({ display: { kind: 'popover', snooze: true } })).toEqual(['surfaces'])
    expect(parts({ display: { kind: 'popover', snooze: false, layout: 'steps' } })).toEqual([])
    expect(parts({ display: { kind: 'popover', layout: 'page' } })).toEqual(['more'])
  })

  it('are both for a survey of its own page, whose links may bring an answer along', () => {
    expect(parts({ display: { kind: 'page' } })).toEqual(['more', 'surfaces'])
  })
})
