import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { visitorLocales, visitorTexts, visitorTextsVersion } from '../../src/locales/index.ts'

/**
 * What each version of the wording was, the newest last. A changed text gets the next version here and in
 * `src/locales/index.ts`; a line that was released stays as it is.
 */
const fingerprints = ['a08b13052ff2eb42']

it('has a new version when a built-in text changed', () => {
  const everything = visitorLocales.map((locale) => [locale, visitorTexts(locale)])
  const fingerprint = createHash('sha256').update(JSON.stringify(everything)).digest('hex').slice(0, 16)
  expect(fingerprints).toHaveLength(visitorTextsVersion)
  expect(fingerprints[visitorTextsVersion - 1]).toBe(fingerprint)
})
