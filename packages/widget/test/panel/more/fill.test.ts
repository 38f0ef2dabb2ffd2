// @vitest-environment happy-dom
import type { AnswerValue, QuestionTexts } from '@heed/contract'
import { describe, expect, it } from 'vitest'
import { kit } from '../../../src/panel/extensions.ts'
import { connect } from '../../../src/panel/more/connect.ts'
import { createPanelModel } from '../../../src/panel/panel-model.ts'
import { hostThat, nps, surveyOf } from '../survey.ts'

connect(kit)

const reason: QuestionTexts = {
  key: 'reason',
  kind: 'multiple',
  text: 'Why?',
  options: ['price', 'delivery', 'choice'].map((key) => ({ key, text: `the ${key}` })),
  other: 'Something else',
}
const more: QuestionTexts = { key: 'more', kind: 'text', text: 'More?' }

/** What becomes of `text` in the panel of a page that told `context`, after these answers. */
function filled(
  text: string,
  context: Record<string, unknown> = {},
  answers: Record<string, AnswerValue> = {},
  texts: Partial<ReturnType<typeof surveyOf>> = {},
) {
  const survey = { ...surveyOf(reason, { ...nps, key: 'score' }, more), layout: 'page' as const, ...texts }
  return createPanelModel({ texts: survey, host: hostThat(), context, answers })._fill(text)
}

describe('a text that names something', () => {
  it('says what the page told', () => {
    const context = { product: { name: 'Kettle', price: 129.9 }, attributes: { tier: { level: 'gold' } } }
    expect(filled('How is your {product.name|order}?', context)).toBe('How is your Kettle?')
    expect(filled('{product.price|x} {attributes.tier.level|y}', context)).toBe('129.9 gold')
  })

  it('says its other words where the page told nothing, nothing to read, or nothing of its own', () => {
    for (const context of [
      {},
      { product: null },
      { product: { name: '  ' } },
      { product: { name: { toString: () => 'x' } } },
      { product: { name: true } },
      { product: { name: Number.NaN } },
      { product: Object.create({ name: 'inherited' }) },
    ])
      expect(filled('How is {product.name|your order}?', context)).toBe('How is your order?')
    expect(filled('{product.constructor.name|-}{toString.name|-}', { product: {} })).toBe('--')
  })

  it('writes what it was told as text, braces and markup included', () => {
    const context = { product: { name: '<b>{cart.value|$&}</b>' }, cart: { value: 5 } }
    expect(filled('{product.name|x}', context)).toBe('<b>{cart.value|$&}</b>')
  })

  it('says an answer in the words in which it was read', () => {
    const say = (answer: AnswerValue) => filled('{answers.reason|that}', {}, { reason: answer })
    expect(say(['price'])).toBe('the price')
    expect(say(['choice', 'price', 'delivery'])).toBe('the choice, the price, and the delivery')
    expect(say({ keys: ['price'], other: 'the colour' })).toBe('the price and the colour')
    expect(filled('{answers.score|-} {answers.more|-}', {}, { score: 9, more: ' good ' })).toBe('9 good')
    expect(filled('{answers.reason|that} {answers.gone|this}')).toBe('that this')
  })

  it('joins several in the survey’s language', () => {
    const answers = { reason: ['price', 'choice'] }
    expect(filled('{answers.reason|x}', {}, answers, { locale: 'ko' })).toBe('the price 및 the choice')
  })

  it('keeps a name of the other direction from carrying the punctuation away', () => {
    const product = { name: 'קומקום' }
    expect(filled('{product.name|x}?', { product })).toBe('\u2068קומקום\u2069?')
    expect(filled('{product.name|x}؟', { product: { name: 'Kettle' } }, {}, { dir: 'rtl' })).toBe(
      '\u2068Kettle\u2069؟',
    )
  })

  it('does not say the answer of a branch that was left', async () => {
    const first: QuestionTexts = { ...nps, next: { '*': 'end', 0: 'why' } }
    const why: QuestionTexts = { key: 'why', kind: 'text', text: '?' }
    const model = createPanelModel({
      texts: surveyOf(first, why),
      host: hostThat(),
      answers: { why: 'late' },
    })
    expect(model._fill('{answers.why|-}')).toBe('-')
  })
})
