import type { LanguageCode } from '../languages.ts'
import { ar } from './ar.ts'
import { en, type ShopTexts } from './en.ts'
import { ja } from './ja.ts'
import { ko } from './ko.ts'
import { zh } from './zh.ts'

export type { ShopTexts } from './en.ts'

export const texts: Record<LanguageCode, ShopTexts> = { en, ko, ja, zh, ar }

/** Puts values into the `{places}` of a text. */
export const fill = (text: string, values: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (place, key: string) => String(values[key] ?? place))
