/** Base language; the traditional script of Chinese is one of its own: who reads one script does not want the other. */
const family = (tag: string) =>
  tag
    .toLowerCase()
    .replace(/^zh-(hant|tw|hk|mo)/, 'hant')
    .split('-')[0]

/**
 * The language to show, as written in `available`: for each wanted one in turn the same tag, then the same language
 * (`ko-KR` gets `ko`, `zh-TW` gets `zh-Hant`, `zh-CN` gets `zh-Hans`); else the first available, and `en` when nothing is.
 */
export function chooseLocale(wanted: readonly string[], available: readonly string[]): string {
  for (const want of wanted) {
    const found =
      available.find((one) => one === want) ?? available.find((one) => family(one) === family(want))
    if (found) return found
  }
  return available[0] ?? 'en'
}
