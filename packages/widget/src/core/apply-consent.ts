import { granted } from './consent.ts'
import { recover } from './delivery.ts'
import { readMemory, remember } from './memory.ts'
import { keep, records } from './records.ts'
import { state } from './state.ts'
import { wipe } from './storage.ts'

/**
 * Does what consent says about storage from now on. Where it is given, what this page knows joins what was kept before;
 * where it was taken back, everything kept goes, while unsent answers stay in memory.
 */
export const applyConsent = (isWithdrawn: boolean): void => {
  if (granted('storage')) {
    const here = state._memory
    readMemory()
    const { id = state._seed, surveys } = state._memory
    remember({ ...state._memory, ...here, surveys: { ...surveys, ...here.surveys }, id })
    records.forEach(keep)
    recover()
  } else if (isWithdrawn) {
    wipe()
    delete state._memory.id
  }
}
