import { describe, expect, it } from 'vitest'
import { type LocaleTexts, visitorLocales, visitorTexts } from '../../src/locales/index.ts'

/** Every wording by its path, `ui.send` or `npsEnds.0`. */
function wordings(texts: LocaleTexts): Map<string, string> {
  const found = new Map<string, string>()
  const walk = (value: unknown, path: string) => {
    if (typeof value === 'string') found.set(path, value)
    else
      for (const [key, inner] of Object.entries(value as object)) walk(inner, path ? `${path}.${key}` : key)
  }
  walk(texts, '')
  return found
}

const english = wordings(visitorTexts('en'))
const translated = visitorLocales.filter((locale) => locale !== 'en')

describe('built-in visitor texts', () => {
  it('speak English, Korean, Japanese, simplified Chinese and Arabic', () => {
    expect(visitorLocales).toEqual(['en', 'ko', 'ja', 'zh-Hans', 'ar'])
  })

  it.each(visitorLocales)('%s words everything that English words, and nothing is empty', (locale) => {
    const own = wordings(visitorTexts(locale))
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort())
    for (const [path, text] of own) expect(text.trim(), `${locale} ${path}`).toBe(text)
    for (const [path, text] of own) expect(text, `${locale} ${path}`).not.toBe('')
  })

  it.each(translated)('%s leaves nothing in English', (locale) => {
    const own = wordings(visitorTexts(locale))
    own.delete('dir')
    for (const [path, text] of own) {
      expect(text, `${locale} ${path}`).not.toBe(english.get(path))
      expect(text.replace('{n}', ''), `${locale} ${path}`).not.toMatch(/[A-Za-z]/)
    }
  })

  it.each(visitorLocales)('%s can tell how many characters are left', (locale) => {
    expect(visitorTexts(locale).ui.left).toContain('{n}')
  })

  it.each(visitorLocales)('%s names every step of a scale differently', (locale) => {
    const { npsEnds, cesEnds, csatSteps, gcrSteps } = visitorTexts(locale)
    for (const names of [npsEnds, cesEnds, csatSteps, gcrSteps])
      expect(new Set(names).size).toBe(names.length)
  })

  it('write Arabic from right to left and the others from left to right', () => {
    expect(visitorLocales.map((locale) => visitorTexts(locale).dir)).toEqual([
      'ltr',
      'ltr',
      'ltr',
      'ltr',
      'rtl',
    ])
  })

  it('answer a regional tag with its base language and an unknown one with English', () => {
    expect(visitorTexts('ko-KR')).toBe(visitorTexts('ko'))
    expect(visitorTexts('zh-CN')).toBe(visitorTexts('zh-Hans'))
    expect(visitorTexts('sv')).toBe(visitorTexts('en'))
  })
})
