import type { VisitorMemory } from '@heed/targeting'
import { safely } from './safely.ts'
import { state } from './state.ts'
import { read, write } from './storage.ts'
import { stringify } from './stringify.ts'

/** A visit ends after this long without a page. */
const visitMs = 1_800_000

/** Takes over what other pages and tabs remember, if anything. */
export const readMemory = (): void => {
  state._memory = safely((): VisitorMemory => JSON.parse(read('') as string))() ?? state._memory
}

export const remember = (memory: VisitorMemory): void => {
  state._memory = memory
  write('', stringify(memory))
}

/**
 * `page` is only kept in a visit that has met a survey, from its display on: so it says both whether the visit goes on
 * and whether it has met one, and a visit that meets none costs no write.
 */
export const isVisitShown = (): boolean => (state._memory.page ?? 0) > Date.now() - visitMs

/** Another page of the same visit. */
export const continueVisit = (): void => {
  if (isVisitShown()) remember({ ...state._memory, page: Date.now() })
}
