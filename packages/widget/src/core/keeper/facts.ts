import type { PageEvent } from '@heed/contract'
import { deviceOf, type Facts } from '@heed/targeting'
import { options, pageFacts } from './link.ts'
import { referrerClassOf } from './referrer-class.ts'

/** The last page event that some survey waited for. */
let event: PageEvent | undefined

export const setEvent = (given: PageEvent): void => {
  event = given
}

export const device = () =>
  deviceOf({
    width: Math.min(screen.width, screen.height),
    touch: matchMedia('(pointer: coarse)').matches,
  })

/** What a decision rests on at this moment, with everything an audience may ask for. */
export const facts = (): Facts => {
  const known = pageFacts()
  const locale = options.lang ?? (document.documentElement.lang || navigator.language)
  const [, visits, pages] = known.memory.visit ?? []
  const referrerClass = referrerClassOf(document.referrer, location.hostname)
  return {
    ...known,
    context: { ...known.context, device: device(), locale, event, visits, pages, referrerClass },
  }
}
