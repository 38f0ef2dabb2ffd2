/**
 * Why a response may not come from a customer:
 * `bot`: its sender calls itself a crawler or bot. `automated`: a program or a browser without a window, which may be
 * the shop's own. `forgedTicket`, `missingTicket`, `staleTicket`: it does not prove that it comes from a page that loaded
 * the rules lately. `burst`: many from one address network within a minute. `duplicateText`: others said it in the same
 * words. `fast`: completed faster than anybody reads.
 */
export const suspicionReasons = [
  'bot',
  'automated',
  'forgedTicket',
  'missingTicket',
  'staleTicket',
  'burst',
  'duplicateText',
  'fast',
] as const
export type SuspicionReason = (typeof suspicionReasons)[number]

/** What speaks against a response. */
export interface Suspicion {
  /** 0 to 100; suspicious from `suspiciousFrom`. */
  score: number
  /** Empty when the score is 0. */
  reasons: SuspicionReason[]
}

/** Score from which a response is suspicious, unless a person says otherwise. */
export const suspiciousFrom = 50

/** What becomes of suspicious responses in numbers and lists. */
export const suspiciousPolicies = ['leaveOut', 'include'] as const
export type SuspiciousPolicy = (typeof suspiciousPolicies)[number]
