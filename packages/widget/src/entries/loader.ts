import type { Heed, HeedStub } from '../core/api-types.ts'
import { createHeed } from '../core/create-heed.ts'

/** The script tag: `window.heed`, with the rules that the server has put into the file. */
const stub = window.heed as (HeedStub & Partial<Heed>) | undefined
// Included twice, the first one stays.
if (!stub?.track) {
  const script = document.currentScript as HTMLScriptElement
  const [, host, key] = /(.+?)(?:\/(pk_[^/]+))?\/heed\.js/.exec(script.src) ?? []
  const heed = createHeed(HEED_RULES, { host, key, nonce: script.nonce, ...script.dataset } as object)
  window.heed = heed
  // What the page has queued may contain an `init` of its own.
  for (const call of stub?.q ?? []) heed(...(call as unknown as ['close']))
  if (script.dataset.manual === undefined) heed.init()
}
