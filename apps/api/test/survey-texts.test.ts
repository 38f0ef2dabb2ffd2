import { brotliCompressSync } from 'node:zlib'
import type { Question, SurveyDefinition, SurveyTexts } from '@heed/contract'
import { surveyTextsSchema } from '@heed/contract/schema'
import { surveyTexts } from '@heed/widget/content'
import { visitorTexts } from '@heed/widget/locales'
import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { definition } from './support/definition.ts'

const text = { en: 'x', ko: '엑스' }
const english = visitorTexts('en')
const texts = (changes: Partial<SurveyDefinition>, locale = 'en'): SurveyTexts =>
  surveyTexts('srv_1', 1, definition(changes), locale)
const asked = (question: Question, locale = 'en') => texts({ questions: [question] }, locale).questions[0]
const options = [
  { key: 'a', text: { en: 'A', ko: '가' } },
  { key: 'b', text: { en: 'B', ko: '나' } },
]

describe('what the panel is told of a question', () => {
  test('thumbs, stars and smileys have names, ends of scales are worded', () => {
    expect(asked({ key: 'q', kind: 'thumbs', text })).toMatchObject({
      options: [
        { key: 'up', text: english.thumbs[0] },
        { key: 'down', text: english.thumbs[1] },
      ],
    })
    expect(asked({ key: 'q', kind: 'rating', text, scale: 7, style: 'numbers' })).toMatchObject({
      scale: 7,
      style: 'numbers',
      labels: english.ratingEnds,
    })
    expect(asked({ key: 'q', kind: 'rating', text, labels: { low: text } }, 'ko')).toMatchObject({
      scale: 5,
      labels: ['엑스', visitorTexts('ko').ratingEnds[1]],
    })
    expect(asked({ key: 'q', kind: 'csat', text })).not.toHaveProperty('labels')
    expect(asked({ key: 'q', kind: 'csat', text })?.options).toHaveLength(5)
  })

  test('options with how many may be ticked, in whose order, and with a choice of one’s own', () => {
    const question: Question = {
      key: 'q',
      kind: 'multiple',
      text,
      options,
      other: true,
      shuffle: true,
      min: 1,
      max: 2,
    }
    expect(asked(question, 'ko')).toEqual({
      key: 'q',
      kind: 'multiple',
      text: '엑스',
      options: [
        { key: 'a', text: '가' },
        { key: 'b', text: '나' },
      ],
      other: visitorTexts('ko').other,
      shuffle: true,
      min: 1,
      max: 2,
    })
    expect(asked({ key: 'q', kind: 'single', text, options })).toEqual({
      key: 'q',
      kind: 'single',
      text: 'x',
      options: [
        { key: 'a', text: 'A' },
        { key: 'b', text: 'B' },
      ],
    })
  })

  test('one line of text, an address, a link with its words, a message', () => {
    expect(asked({ key: 'q', kind: 'text', text, multiline: false, maxLength: 80 })).toMatchObject({
      multiline: false,
      maxLength: 80,
    })
    expect(asked({ key: 'q', kind: 'email', text })).toMatchObject({ placeholder: english.emailPlaceholder })
    const url = 'https://shop.example/help'
    expect(asked({ key: 'q', kind: 'link', text, url })).toMatchObject({ url, label: english.open })
    expect(asked({ key: 'q', kind: 'link', text, url, label: text }, 'ko')).toMatchObject({ label: '엑스' })
    expect(asked({ key: 'q', kind: 'consent', text, required: true })).toEqual({
      key: 'q',
      kind: 'consent',
      text: 'x',
      required: true,
    })
  })
})

describe('the surface', () => {
  test('is told its teaser, its layout and whether it may be put off', () => {
    const told = texts({ display: { kind: 'bar', teaser: text, layout: 'page', snooze: true } }, 'ko')
    expect(told).toMatchObject({ teaser: '엑스', layout: 'page', snooze: true })
    expect(told.ui).toMatchObject({
      later: expect.any(String),
      days90: expect.any(String),
      never: expect.any(String),
    })
    expect(texts({})).not.toHaveProperty('layout')
  })

  test('has words on its own button, the built-in ones by default, and none on the shop’s', () => {
    expect(texts({ display: { kind: 'button' } }).button).toBe(english.feedback)
    expect(texts({ display: { kind: 'button', label: text } }, 'ko').button).toBe('엑스')
    expect(texts({ display: { kind: 'button', label: text, selector: '#f' } })).not.toHaveProperty('button')
    expect(texts({ display: { kind: 'popover', label: text } })).not.toHaveProperty('button')
  })

  test('is painted in the shop’s own card, the accent kept apart from it', () => {
    const { appearance } = texts({
      display: {
        kind: 'popover',
        appearance: {
          background: '#102030',
          text: '#fff',
          accent: '#0a1525',
          density: 'compact',
          shadow: 'none',
          logo: 'https://shop.example/l.png',
        },
      },
    })
    expect(appearance).toMatchObject({
      lightCard: ['#102030', '#fff'],
      density: 'compact',
      shadow: 'none',
      logo: 'https://shop.example/l.png',
    })
    expect(appearance.light[0]).not.toBe('rgb(10,21,37)')
    expect(appearance).not.toHaveProperty('darkCard')
  })
})

describe('built-in words', () => {
  test('are only those that the survey can need', () => {
    const optional = ['tooFew', 'tooMany', 'email', 'progress', 'snooze', 'later', 'days90', 'never'] as const
    const has = (changes: Partial<SurveyDefinition>) =>
      optional.filter((name) => texts(changes).ui[name] !== undefined)
    expect(has({})).toEqual([])
    expect(has({ questions: [{ key: 'm', kind: 'multiple', text, options, min: 1, max: 2 }] })).toEqual([
      'tooFew',
      'tooMany',
    ])
    expect(has({ questions: [{ key: 'e', kind: 'email', text }] })).toEqual(['email'])
    const three: Question[] = ['a', 'b', 'c'].map((key) => ({ key, kind: 'nps', text }))
    expect(has({ questions: three })).toEqual(['progress'])
    expect(has({ questions: three, display: { kind: 'popover', layout: 'page' } })).toEqual([])
    // Also where the question leaves its limit to the default.
    expect(texts({ questions: [{ key: 't', kind: 'text', text }] }).ui.over).toContain('{n}')
    expect(texts({ questions: three }).ui.over).toBeUndefined()
  })

  test('of a first score and its comment fit into 720 bytes of brotli, in every language', () => {
    for (const locale of ['en', 'ko', 'ja', 'zh-Hans', 'ar']) {
      const survey = definition({ locales: [locale] })
      const questions = survey.questions.map((question) => ({
        ...question,
        text: { [locale]: question.text.en ?? '' },
      }))
      const json = JSON.stringify(surveyTexts('srv_0123456789ab', 1, { ...survey, questions }, locale))
      expect({ locale, bytes: brotliCompressSync(json).length }).toMatchObject({
        bytes: expect.toSatisfy((bytes: number) => bytes <= 720),
      })
    }
  })

  test('and all others have the agreed form', () => {
    const everything = texts({
      display: {
        kind: 'button',
        teaser: text,
        layout: 'page',
        snooze: true,
        appearance: { background: '#fff' },
      },
      questions: [
        { key: 'm', kind: 'multiple', text, options, min: 1, max: 2 },
        { key: 'e', kind: 'email', text },
        { key: 'l', kind: 'link', text, url: 'https://shop.example' },
      ],
    })
    expect([...Value.Errors(surveyTextsSchema, everything)]).toEqual([])
  })
})
