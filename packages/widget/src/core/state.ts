import type { ProjectRules } from '@heed/contract'
import type { VisitorMemory } from '@heed/targeting'
import type { Consent, ConsentState, HeedOptions, PageContext } from './api-types.ts'

/**
 * Everything one page load knows, in one place: a page has one Heed, so modules share this object instead of handing
 * it through every call. Names with `_` are shortened by the build.
 */
interface State {
  _options: Partial<HeedOptions>
  _rules: ProjectRules
  _memory: VisitorMemory
  /** Decides samples where no visitor id may be kept. */
  _seed: string
  /** What `set()` and `page()` gave. */
  _context: PageContext
  _subject: string | null
  /** Given by `consent()`. */
  _consent: Consent
  /** Seen as a Google consent command in the data layer. */
  _googleConsent: ConsentState | undefined
  /** Everything that listens or waits ends with this. */
  _life: AbortController
}

export const state = {} as State

/** Back to knowing nothing. */
export const clearState = () => {
  Object.assign(state, {
    _options: {},
    _rules: { surveys: [] },
    _memory: {},
    _seed: '',
    _context: {},
    _subject: null,
    _consent: {},
    _googleConsent: undefined,
    _life: new AbortController(),
  } satisfies State)
}
