import type { PageEvent } from '@heed/contract'

type Properties = Record<string, unknown>

/**
 * An event in canonical words, from GA4's: properties stand in `ecommerce` or beside it, numbers are often strings.
 * Everything else is dropped, because shops push e-mail addresses; `isOwn`: it was given to us by `track()`, so its
 * plain properties are meant for us and kept.
 */
export const toPageEvent = (name: string, properties: Properties = {}, isOwn?: boolean): PageEvent => {
  const event: PageEvent = { name }
  const set = (key: string, value: unknown) => {
    if (/^[snb]/.test(typeof value)) event[key] = value as string
  }
  const find = (key: string) => (properties.ecommerce as Properties | undefined)?.[key] ?? properties[key]
  if (isOwn)
    for (const key in properties) {
      const value = properties[key]
      if (Array.isArray(value) && value.every((one) => typeof one === 'string')) event[key] = value
      else set(key, value)
    }
  event.name = name
  for (const [key, source] of [
    ['currency', 'currency'],
    ['coupon', 'coupon'],
    ['transactionId', 'transaction_id'],
    ['searchTerm', 'search_term'],
  ] as const)
    set(key, find(source))
  const value = find('value') as number
  // Zero for a number and for a string that is one; NaN for all else, '1,299.00' and '' too.
  if (value - Number.parseFloat(`${value}`) === 0) event.value = +value
  const items = find('items')
  if (Array.isArray(items)) {
    event.itemIds = items.map((item) => `${item.item_id ?? item.id}`)
    event.itemCount = items.reduce((sum, item) => sum + (Number(item.quantity ?? 1) || 0), 0)
    event.categories = [...new Set(items.map((item) => item.item_category).filter(Boolean))]
  }
  return event
}
