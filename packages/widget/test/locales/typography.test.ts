import { describe, expect, it } from 'vitest'
import { visitorLocales } from '../../src/locales/index.ts'
import { wordings } from './wordings.ts'

const sentences =
  /^(ui\.(kept|notSent|required|tooFew|tooMany|email)|questions\.|hosted\.|screenshot\.(share|failed))/
const questions = /^questions\.(nps|csat|gcr)$/
const questionMark = (locale: string) =>
  /^(ja|zh)/.test(locale) ? '？' : locale === 'ar' ? '؟' : locale === 'fr' ? '\u202f?' : '?'
const fullStop = (locale: string) => (/^(ja|zh)/.test(locale) ? '。' : '.')

/** Width in halves of a square character: Chinese, Japanese and Korean ones are square. */
const cells = (text: string) =>
  [...text].reduce(
    (sum, char) => sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uff00-\uff60]/.test(char) ? 2 : 1),
    0,
  )

describe.each(visitorLocales)('the wording in %s', (locale) => {
  const texts = wordings(locale)
  const all = [...texts]
  const width = (path: string) => cells(texts.get(path) ?? '')

  it('ends sentences as the language does, and puts no stop after labels', () => {
    for (const [path, text] of all) {
      if (questions.test(path)) expect(text.endsWith(questionMark(locale)), `${path}: ${text}`).toBe(true)
      else if (sentences.test(path))
        expect(
          text.endsWith(fullStop(locale)) || text.endsWith(questionMark(locale)),
          `${path}: ${text}`,
        ).toBe(true)
      else expect(text, path).not.toMatch(/[.。!！?？؟]$/)
    }
  })

  it('has typographic apostrophes, single spaces and no dots for an ellipsis', () => {
    for (const [path, text] of all) expect(text, path).not.toMatch(/['"`]|\s\s|\.\.\.|…/)
  })

  it('shouts nowhere', () => {
    for (const [path, text] of all) expect(text, path).not.toMatch(/[!！¡]|\p{Lu}{3}/u)
  })

  it('uses marks of its own script', () => {
    for (const [path, text] of all) {
      if (path === 'emailPlaceholder') continue
      if (/^(ja|zh)/.test(locale)) expect(text, path).not.toMatch(/[.,?:;()]/)
      if (locale === 'ar') expect(text, path).not.toMatch(/[,?;]/)
      if (locale === 'es')
        expect((text.match(/¿/g) ?? []).length, path).toBe((text.match(/\?/g) ?? []).length)
      if (locale === 'fr') expect(text, path).not.toMatch(/[^\u202f][?;]|[^\u00a0]:/)
      else expect(text, path).not.toMatch(/\s[?:;.,]/)
    }
  })

  it('needs no plural and no gendered ending for whom or how many', () => {
    for (const [path, text] of all) {
      // "(s)", "/a", "·e": endings that a screen reader spells out.
      expect(text, path).not.toMatch(/\p{L}(\(\p{L}{1,3}\)|[/·]\p{L}{1,2}\b)/u)
    }
  })

  // The card on a phone of 320 px has 248 px for words; at 15 px a half cell takes about 7.5.
  it('fits its buttons into a phone of 320 px', () => {
    const row = 33
    for (const path of ['ui.later', 'ui.days90', 'ui.never', 'open', 'screenshot.add', 'screenshot.take'])
      expect(width(path), path).toBeLessThanOrEqual(row)
    // Back and skip stand beside the main button, each with 12 px on both sides.
    for (const main of ['ui.send', 'ui.next'])
      expect(width('ui.back') + width('ui.skip') + width(main), main).toBeLessThanOrEqual(30)
    expect(width('ui.retry')).toBeLessThanOrEqual(18)
    expect(width('feedback')).toBeLessThanOrEqual(20)
  })

  it('fits the ends of a scale beside each other, on two lines at most', () => {
    for (const ends of ['npsEnds', 'cesEnds', 'ratingEnds'])
      for (const end of ['0', '1']) expect(width(`${ends}.${end}`), `${ends}.${end}`).toBeLessThanOrEqual(26)
    for (const step of [0, 1, 2, 3, 4]) expect(width(`csatSteps.${step}`)).toBeLessThanOrEqual(22)
    for (const step of [0, 1, 2]) expect(width(`gcrSteps.${step}`)).toBeLessThanOrEqual(16)
    for (const step of [0, 1]) expect(width(`thumbs.${step}`)).toBeLessThanOrEqual(14)
  })

  it('says each thing briefly', () => {
    for (const [path, text] of all)
      expect(cells(text), `${path}: ${text}`).toBeLessThanOrEqual(path.startsWith('hosted.') ? 110 : 90)
  })
})
