export type LanguageCode = 'en' | 'ko' | 'ja' | 'zh' | 'ar'
export type Currency = 'USD' | 'KRW' | 'JPY' | 'CNY' | 'AED'

/** One market of the shop: `/en/`, `/ko/` ... each with its own prices. */
export interface Language {
  /** First segment of the address. */
  code: LanguageCode
  /** BCP 47, for `<html lang>`. */
  tag: string
  dir: 'ltr' | 'rtl'
  /** What its speakers call it. */
  name: string
  currency: Currency
  /** How numbers and money are written here. */
  format: string
}

export const languages: readonly Language[] = [
  { code: 'en', tag: 'en', dir: 'ltr', name: 'English', currency: 'USD', format: 'en-US' },
  { code: 'ko', tag: 'ko', dir: 'ltr', name: '한국어', currency: 'KRW', format: 'ko-KR' },
  { code: 'ja', tag: 'ja', dir: 'ltr', name: '日本語', currency: 'JPY', format: 'ja-JP' },
  { code: 'zh', tag: 'zh-Hans', dir: 'ltr', name: '简体中文', currency: 'CNY', format: 'zh-CN' },
  { code: 'ar', tag: 'ar', dir: 'rtl', name: 'العربية', currency: 'AED', format: 'ar-AE' },
]

/** The language of an `Accept-Language` header, English when the shop speaks none of them. */
export function preferredLanguage(header: string | undefined): Language {
  const [first] = languages as [Language]
  for (const wanted of (header ?? '').split(',')) {
    const base = wanted.trim().slice(0, 2).toLowerCase()
    const found = languages.find(({ code }) => code === base)
    if (found) return found
  }
  return first
}
