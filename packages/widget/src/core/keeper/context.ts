import type { ResponseContext } from '@heed/contract'
import type { Opened } from '../keeper-interface.ts'
import { safely } from '../safely.ts'
import { stringify } from '../stringify.ts'
import { device } from './facts.ts'
import { pageFacts, rules } from './link.ts'
import { toPageEvent } from './page-event.ts'

const maxUrlLength = 2_000
/** Beyond this, what the page told of itself is left out, so that an answer cannot become too large by it. */
const maxPageContextLength = 16_384

/** Of the query only what the project asked for, as every other parameter may tell who the visitor is. */
const pageUrl = () => {
  const query = location.search
    .slice(1)
    .split('&')
    .filter((part) => rules.queryKeys?.includes(part.split('=')[0] as string))
    .join('&')
  return (location.origin + location.pathname + (query && `?${query}`)).slice(0, maxUrlLength)
}

/** A copy of what the page told that is known to be JSON: nothing it does can make an answer impossible to send. */
const pageContext = safely((): Record<string, unknown> => {
  const { product, cart, order, page, attributes, variant } = pageFacts().context
  const text = stringify({ product, cart, order, page, attributes, variant })
  return text.length > maxPageContextLength ? {} : JSON.parse(text)
})

/** What travels with an answer, as it was when the survey was shown. */
export const contextOf = ([, trigger, event]: Opened): ResponseContext => ({
  ...pageContext(),
  url: pageUrl(),
  referrer: document.referrer.split('/').slice(0, 3).join('/'),
  device: device(),
  viewport: [innerWidth, innerHeight],
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  trigger,
  ...(event && { event: toPageEvent(...event) }),
})
