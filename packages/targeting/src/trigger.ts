import type { Condition, PageEvent } from '@heed/contract'
import { matches } from './condition.ts'

/** Whether a page event opens the moment of an event trigger: the same name, and its properties meet `where`. */
export const eventMatches = (trigger: { name: string; where?: Condition }, event: PageEvent): boolean =>
  trigger.name === event.name && matches(trigger.where ?? {}, event)
