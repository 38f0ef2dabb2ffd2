import { describe, expect, it } from 'vitest'
import { visitorLocales, visitorTexts } from '../../src/locales/index.ts'
import { wordings } from './wordings.ts'

const english = wordings('en')
const translated = visitorLocales.filter((locale) => locale !== 'en')
/** Words that a language shares with English. */
const shared = new Set(['fr ratingEnds.1', 'es gcrSteps.2', 'it gcrSteps.2'])
const placeholders = (text = '') => (text.match(/\{[^}]*\}/g) ?? []).sort()

describe('built-in visitor texts', () => {
  it('speak twelve languages', () => {
    expect(visitorLocales).toEqual([
      'en',
      'ko',
      'ja',
      'zh-Hans',
      'zh-Hant',
      'de',
      'fr',
      'es',
      'pt',
      'it',
      'ar',
      'he',
    ])
  })

  it.each(visitorLocales)('%s words everything that English words, and nothing is empty', (locale) => {
    const own = wordings(locale)
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort())
    for (const [path, text] of own) {
      expect(text.trim(), `${locale} ${path}`).toBe(text)
      expect(text, `${locale} ${path}`).not.toBe('')
    }
  })

  it.each(translated)('%s has the numbers that English has, each once', (locale) => {
    for (const [path, text] of wordings(locale))
      expect(placeholders(text), `${locale} ${path}`).toEqual(placeholders(english.get(path)))
  })

  it.each(translated)('%s leaves nothing in English', (locale) => {
    for (const [path, text] of wordings(locale)) {
      if (path === 'emailPlaceholder' || shared.has(`${locale} ${path}`)) continue
      expect(text, `${locale} ${path}`).not.toBe(english.get(path))
    }
  })

  it.each(['ko', 'ja', 'zh-Hans', 'zh-Hant', 'ar', 'he'])('%s is written in its own script', (locale) => {
    for (const [path, text] of wordings(locale)) {
      if (path === 'emailPlaceholder') continue
      expect(text.replace(/\{.\}|JavaScript/g, ''), `${locale} ${path}`).not.toMatch(/\p{Script=Latin}/u)
    }
  })

  it('write simplified and traditional Chinese in their own characters', () => {
    const [hans, hant] = ['zh-Hans', 'zh-Hant'].map((locale) => [...wordings(locale).values()].join(''))
    expect(hans).not.toMatch(/[請們這題關閉問項個資裡讓開來過會對嗎體驗]/)
    expect(hant).not.toMatch(/[请们这题关闭问项个资里让开来过会对吗体验]/)
  })

  it.each(visitorLocales)('%s shows an address that belongs to nobody', (locale) => {
    expect(visitorTexts(locale).emailPlaceholder).toMatch(/^[a-z]+@example\.com$/)
  })

  it.each(visitorLocales)('%s names every step of a scale differently', (locale) => {
    const { npsEnds, cesEnds, ratingEnds, csatSteps, gcrSteps, thumbs, ui } = visitorTexts(locale)
    const choices = [ui.later, ui.days90, ui.never]
    for (const names of [npsEnds, cesEnds, ratingEnds, csatSteps, gcrSteps, thumbs, choices])
      expect(new Set(names).size).toBe(names.length)
  })

  it('write Arabic and Hebrew from right to left and the others from left to right', () => {
    expect(visitorLocales.filter((locale) => visitorTexts(locale).dir === 'rtl')).toEqual(['ar', 'he'])
  })

  it.each([
    ['ko-KR', 'ko'],
    ['zh-CN', 'zh-Hans'],
    ['zh-SG', 'zh-Hans'],
    ['zh-TW', 'zh-Hant'],
    ['zh-HK', 'zh-Hant'],
    ['zh-Hant-MO', 'zh-Hant'],
    ['pt-BR', 'pt'],
    ['pt-PT', 'pt'],
    ['de-CH', 'de'],
    ['es-MX', 'es'],
    ['fr-CA', 'fr'],
    ['ar-EG', 'ar'],
    ['he-IL', 'he'],
    ['sv', 'en'],
  ])('answer %s with %s', (wanted, locale) => {
    expect(visitorTexts(wanted)).toBe(visitorTexts(locale))
  })
})
