import { type LocaleTexts, visitorTexts } from '../../src/locales/index.ts'

/** Every wording of a language by its path, `ui.send` or `npsEnds.0`. */
export function wordings(locale: string): Map<string, string> {
  const found = new Map<string, string>()
  const walk = (value: unknown, path: string) => {
    if (typeof value === 'string') found.set(path, value)
    else
      for (const [key, inner] of Object.entries(value as object)) walk(inner, path ? `${path}.${key}` : key)
  }
  const { dir, ...texts }: LocaleTexts = visitorTexts(locale)
  walk(texts, '')
  return found
}
