import { describe, expect, it } from 'vitest'
import { chooseLocale } from '../src/index.ts'

describe('the language of a survey', () => {
  it.each([
    [['ko'], ['en', 'ko'], 'ko'],
    [['ko-KR'], ['en', 'ko'], 'ko'],
    [['KO-kr'], ['en', 'ko'], 'ko'],
    [['en-GB'], ['en-US', 'en-GB'], 'en-GB'],
    [['en-AU'], ['ko', 'en-GB'], 'en-GB'],
    [['fr', 'ja'], ['en', 'ja'], 'ja'],
    [['fr'], ['ko', 'en'], 'ko'],
    [[], ['ar', 'en'], 'ar'],
    [['zh-CN'], ['en', 'zh-Hans', 'zh-Hant'], 'zh-Hans'],
    [['zh'], ['en', 'zh-Hant', 'zh-Hans'], 'zh-Hans'],
    [['zh-TW'], ['en', 'zh-Hans', 'zh-Hant'], 'zh-Hant'],
    [['zh-HK'], ['zh-Hans', 'zh-Hant'], 'zh-Hant'],
    [['zh-MO'], ['zh-Hans', 'zh-Hant'], 'zh-Hant'],
    [['zh-Hant-MO'], ['zh-Hans', 'zh-Hant'], 'zh-Hant'],
    [['zh-Hans-SG'], ['zh-Hant', 'zh-Hans'], 'zh-Hans'],
    [['zh-Hans-HK'], ['zh-Hant', 'zh-Hans'], 'zh-Hans'],
    [['zh-TW'], ['en', 'zh-Hans'], 'en'],
    [['zh-TW', 'en'], ['zh-Hans', 'en'], 'en'],
    [['pt-BR'], ['en', 'pt'], 'pt'],
    [['e'], ['ko', 'en'], 'ko'],
    [['en'], [], 'en'],
  ])('for a visitor who wants %j out of %j is %s', (wanted, available, expected) => {
    expect(chooseLocale(wanted, available)).toBe(expected)
  })
})
