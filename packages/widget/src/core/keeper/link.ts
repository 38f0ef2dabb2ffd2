import type { KeeperModule } from '../keeper-interface.ts'

/** What the loader gave, the latest. */
export let [options, rules, life, granted, pageFacts, remember, heard, viewMs, loadPart] =
  [] as unknown as Parameters<KeeperModule['connect']>

export const setLink = (...given: Parameters<KeeperModule['connect']>): void => {
  ;[options, rules, life, granted, pageFacts, remember, heard, viewMs, loadPart] = given
}
