import type { Confidence } from '@heed/contract'

/** Whether a score with `n` answers may be shown: below 10 not at all, from 10 to 29 grey with its interval, then freely. */
export const confidenceOf = (n: number): Confidence => (n < 10 ? 'none' : n < 30 ? 'low' : 'ok')
