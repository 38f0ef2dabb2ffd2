import { chooseLocale } from '@heed/targeting'
import { ar } from './ar.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'
import { ko } from './ko.ts'
import type { LocaleTexts } from './locale-texts.ts'
import { zhHans } from './zh-hans.ts'

export type { LocaleTexts }

const texts: Record<string, LocaleTexts> = { en, ko, ja, 'zh-Hans': zhHans, ar }

/** The languages with built-in visitor texts, as BCP 47 tags. */
export const visitorLocales: readonly string[] = Object.keys(texts)

/** The built-in visitor texts for a BCP 47 tag: that language, else its base language, else English. */
export function visitorTexts(locale: string): LocaleTexts {
  return texts[chooseLocale([locale], visitorLocales)] ?? en
}
