import { type CampaignTag, campaignTags, type ResponseContext } from '@heed/contract'
import type { Opened } from '../keeper-interface.ts'
import { safely } from '../safely.ts'
import { stringify } from '../stringify.ts'
import { exitSigns } from './exit-signs.ts'
import { device } from './facts.ts'
import { granted, pageFacts, rules, viewMs } from './link.ts'
import { toPageEvent } from './page-event.ts'
import { json } from './pristine.ts'
import { referrerClassOf } from './referrer-class.ts'

const maxUrlLength = 2_000
const maxTextLength = 300
/** Beyond this, what the page told of itself is left out, so that an answer cannot become too large by it. */
const maxPageContextLength = 16_384

const parameters = () => location.search.slice(1).split('&')

/** Of the query only what the project asked for, as every other parameter may tell who the visitor is. */
const pageUrl = () => {
  const query = parameters()
    .filter((part) => rules.queryKeys?.includes(part.split('=')[0] as string))
    .join('&')
  return (location.origin + location.pathname + (query && `?${query}`)).slice(0, maxUrlLength)
}

/**
 * The `utm_` tags of this page's own address. Those of the page that the visit began on are not remembered: that would
 * put more on the device than the visitor's answers need.
 */
const campaign = (): ResponseContext['campaign'] => {
  const tags: Partial<Record<CampaignTag, string>> = {}
  for (const [name, value] of new URLSearchParams(location.search)) {
    const tag = campaignTags.find((one) => name === `utm_${one}`)
    if (tag && value) tags[tag] ??= value.slice(0, maxTextLength)
  }
  return tags
}

/** A copy of what the page told that is known to be JSON: nothing it does can make an answer impossible to send. */
const pageContext = safely((): Record<string, unknown> => {
  const { product, cart, order, page, attributes, variant } = pageFacts().context
  const text = stringify({ product, cart, order, page, attributes, variant }, json())
  return text.length > maxPageContextLength ? {} : json().parse(text)
})

/** What travels with an answer, as it was when the survey was shown, but for the time zone. */
export const contextOf = ([survey, trigger, event, , shownMs]: Opened): ResponseContext => {
  const { title, referrer, documentElement } = document
  const { lang } = documentElement
  const [, visits, pages] = (granted('storage') && pageFacts().memory.visit) || []
  const exitSign = trigger === 'exit' && exitSigns.get(survey)
  const tags = rules.collect?.includes('campaign') ? campaign() : {}
  return {
    ...pageContext(),
    url: pageUrl(),
    ...(title && rules.collect?.includes('title') && { title: title.slice(0, maxTextLength) }),
    ...(lang && { language: lang }),
    referrer: referrer.split('/').slice(0, 3).join('/'),
    referrerClass: referrerClassOf(referrer, location.hostname),
    ...(Object.keys(tags ?? {}).length && { campaign: tags }),
    device: device(),
    viewport: [innerWidth, innerHeight],
    // What only a browser that may remember can tell.
    ...(visits && pages && { visits, pages }),
    waitedMs: Math.max(0, shownMs - viewMs),
    trigger,
    ...(exitSign && { exitSign }),
    ...(event && { event: toPageEvent(...event) }),
  } as ResponseContext
}

type WithTemporal = { Temporal?: { Now: { timeZoneId(): string } } }

/**
 * The first use of `Intl` takes 10 to 30 ms, four times that on a slow phone, so it has a time of its own: when a survey
 * is painted. `Temporal` tells the same at once, in browsers that have it.
 */
export const addTimeZone = (context: ResponseContext): void => {
  context.timeZone ??=
    (window as WithTemporal).Temporal?.Now.timeZoneId() ?? Intl.DateTimeFormat().resolvedOptions().timeZone
}
