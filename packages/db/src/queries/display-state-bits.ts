import { type DisplayState, displayStates } from '@heed/contract'

const implied: Record<DisplayState, readonly DisplayState[]> = {
  eligible: [],
  shown: ['eligible'],
  seen: ['eligible', 'shown'],
  started: ['eligible', 'shown', 'seen'],
  answered: ['eligible', 'shown', 'seen', 'started'],
  completed: ['eligible', 'shown', 'seen', 'started', 'answered'],
  // Closed or put off before anybody looked: only that it was on the screen is certain.
  dismissed: ['eligible', 'shown'],
  snoozed: ['eligible', 'shown'],
}

/** The bit of one state in the `states` column: bit n is `displayStates[n]`. */
export const stateBit = (state: DisplayState): number => 1 << displayStates.indexOf(state)

/** The bits of a state and of every earlier state that it proves. */
export function displayStateBits(state: DisplayState): number {
  return implied[state].reduce((bits, earlier) => bits | stateBit(earlier), stateBit(state))
}
