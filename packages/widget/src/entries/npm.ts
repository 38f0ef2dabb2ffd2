import { createHeed } from '../core/create-heed.ts'

export type {
  Consent,
  ConsentState,
  Explanation,
  Heed,
  HeedEventDetail,
  HeedOptions,
  PageContext,
  ShowResult,
} from '../core/api-types.ts'

const heed = /* @__PURE__ */ createHeed(null, {})

/** Starts Heed; does nothing on a server. `key` and `host` are needed. */
export const init: typeof heed.init = (options) => {
  if (typeof document !== 'undefined') heed.init(options)
}
export const {
  track,
  page,
  set,
  identify,
  consent,
  show,
  close,
  snooze,
  reset,
  destroy,
  on,
  explain,
  ready,
} = heed
