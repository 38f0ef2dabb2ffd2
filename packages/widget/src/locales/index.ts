import { chooseLocale } from '@heed/targeting'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { he } from './he.ts'
import { it } from './it.ts'
import { ja } from './ja.ts'
import { ko } from './ko.ts'
import type { LocaleTexts } from './locale-texts.ts'
import { pt } from './pt.ts'
import { zhHans } from './zh-hans.ts'
import { zhHant } from './zh-hant.ts'

export type { HostedTexts, LocaleTexts, StandardQuestions } from './locale-texts.ts'

/** Goes up by one when any built-in text changes, so that a copy kept elsewhere can tell that it is old. */
export const visitorTextsVersion = 1

const texts: Record<string, LocaleTexts> = {
  en,
  ko,
  ja,
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
  de,
  fr,
  es,
  pt,
  it,
  ar,
  he,
}

/** The languages with built-in visitor texts, as BCP 47 tags. */
export const visitorLocales: readonly string[] = Object.keys(texts)

/** The built-in visitor texts for a BCP 47 tag: that language, else its base language, else English. */
export function visitorTexts(locale: string): LocaleTexts {
  return texts[chooseLocale([locale], visitorLocales)] ?? en
}
