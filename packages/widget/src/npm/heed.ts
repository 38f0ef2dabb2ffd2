// For projects of this workspace that read the sources, where the names that the build fills in are known to nobody.
/// <reference path="../build-globals.d.ts" />
import type { Heed } from '../core/api-types.ts'
import { createHeed } from '../core/create-heed.ts'

let heed: Heed | undefined

/** The Heed of this page, made when it is first needed; undefined on a server, where nothing is to be done or kept. */
export const pageHeed = (): Heed | undefined => {
  if (typeof document === 'object') heed ??= createHeed(null, {})
  return heed
}

/** Ends it, and the next call makes another one. False when there was none. */
export const endHeed = (): boolean => {
  const ended = heed
  heed = undefined
  ended?.destroy()
  return !!ended
}
