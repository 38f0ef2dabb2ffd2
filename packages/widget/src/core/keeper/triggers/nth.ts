import type { Trigger } from '@heed/contract'
import { pageFacts } from '../link.ts'

/** This is the nth page of the visit, neither before it nor after it. Events are counted as they come. */
export const nth = ({ what, count }: Extract<Trigger, { on: 'nth' }>, fire: () => void): void => {
  if (what === 'page' && pageFacts().memory.visit?.[2] === count) fire()
}
