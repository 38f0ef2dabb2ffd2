import type { ProjectRules } from '@heed/contract'
import type { Heed, HeedOptions } from './api-types.ts'

/** The only export of the part `debug`. Loaded when the address has `?heed=...`, before anything else happens. */
export interface DebugModule {
  /**
   * Begins to show what Heed does. `wish` is what the address says: `debug`, or the signed token of a preview link,
   * which goes into `options.preview`: the texts of drafts are then asked for with it and all that is sent is a test.
   * Resolves with the rules to go by instead of the project's own, or undefined to keep those; Heed waits for it, and
   * goes on without it when it rejects. What it added to the page goes with the signal.
   */
  start(
    heed: Heed,
    options: Partial<HeedOptions>,
    wish: string,
    signal: AbortSignal,
  ): Promise<ProjectRules | undefined>
}
