import type { Visit } from '@heed/targeting'
import type { RawEvent } from '../keeper-interface.ts'
import { pageFacts, remember } from './link.ts'

/** One event may be asked for by several triggers. */
const counted = new WeakMap<RawEvent, number>()

/** The how-manieth of its name this event is in this visit. */
export const countEvent = (raw: RawEvent): number => {
  const known = counted.get(raw)
  if (known) return known
  const { memory, nowMs } = pageFacts()
  const [lastMs, visits, pages, isShown = false, events] = memory.visit ?? ([nowMs, 1, 1] as Visit)
  const count = (events?.[raw[0]] ?? 0) + 1
  remember({ ...memory, visit: [lastMs, visits, pages, isShown, { ...events, [raw[0]]: count }] })
  counted.set(raw, count)
  return count
}
