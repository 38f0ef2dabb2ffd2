/** Base language; for Chinese the script, since a reader of one does not want the other. */
function family(tag: string): string {
  const [language = '', ...rest] = tag.split('-')
  if (language !== 'zh') return language
  return rest.some((part) => part === 'hant' || part === 'tw' || part === 'hk' || part === 'mo')
    ? 'zh-hant'
    : 'zh-hans'
}

/**
 * The language to show, as written in `available`: for each wanted one in turn the same tag, then the plain base
 * language (`ko-KR` gets `ko`, `zh-TW` gets `zh-Hant`, `zh-CN` gets `zh-Hans`), then another region of it; else the
 * first available, and `en` when nothing is.
 */
export function chooseLocale(wanted: readonly string[], available: readonly string[]): string {
  for (const want of wanted) {
    const tag = want.toLowerCase()
    const found =
      available.find((one) => one.toLowerCase() === tag) ??
      available.find((one) => one.toLowerCase() === family(tag)) ??
      available.find((one) => family(one.toLowerCase()) === family(tag))
    if (found) return found
  }
  return available[0] ?? 'en'
}
