import type { Keeper } from '../keeper-interface.ts'
import { reportOpen } from './follow.ts'
import { pageFacts, remember } from './link.ts'

/** Longest "never": JSON has no infinity. */
const maxDays = 10_000

export const snooze: Keeper['snooze'] = (opened, days) => {
  reportOpen('snoozed', opened)
  remember({ ...pageFacts().memory, until: Date.now() + Math.min(days, maxDays) * 86_400_000 })
}
