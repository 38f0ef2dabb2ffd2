import type { SuspicionReason } from '@heed/contract'

/**
 * What each reason adds to the score, which ends at 100; a response is suspicious from 50. Reasons that an honest page
 * or program may have (an old page, a shop's own test) stay below that even in pairs, those that nobody has by accident
 * reach it alone.
 */
export const points: Record<SuspicionReason, number> = {
  bot: 100,
  automated: 15,
  forgedTicket: 60,
  missingTicket: 30,
  staleTicket: 20,
  burst: 60,
  duplicateText: 60,
  fast: 30,
}

/** Customers do say "everything was fine" in the same words: a short text that comes again is not enough by itself. */
export const shortDuplicatePoints = 40
