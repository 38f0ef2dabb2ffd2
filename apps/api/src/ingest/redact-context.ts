import type { ResponseContext } from '@heed/contract'
import { createRedactor, mayHold, type Redact } from '@heed/redaction'

// Numbers in an address are orders and articles, and a path is a dimension of reports: they stay. Mail addresses and
// secrets have no business there.
const redactAddress = createRedactor({ card: 'keep', iban: 'keep', phone: 'keep', id: 'keep' })

/** Members that name things of a shop, in any spelling: `orderId`, `order_id`. Their numbers are nobody's. */
const shopKeys = new Set([
  ...['id', 'ids', 'sku', 'skus', 'gtin', 'ean', 'upc', 'isbn', 'mpn', 'barcode', 'itemid', 'itemids'],
  ...['productid', 'variantid', 'orderid', 'ordernumber', 'orderno', 'transactionid', 'cartid', 'checkoutid'],
  ...['trackingnumber', 'invoicenumber', 'currency', 'coupon'],
])

/** Redacts what a reduced context says in words. Changes it in place: it was made for this one row. */
export function redactContext(context: ResponseContext, redact: Redact): void {
  if (context.url !== undefined) context.url = redactAddress(context.url)
  if (context.title !== undefined) context.title = redact(context.title)
  if (context.campaign) redactMembers(context.campaign, redact)
  if (context.event) {
    const { name } = context.event
    redactMembers(context.event, redact)
    // A name in code, by which reports are asked.
    context.event.name = name
  }
  if (context.product) redactMembers(context.product, redact)
  if (context.cart) redactMembers(context.cart, redact)
  if (context.order) redactMembers(context.order, redact)
  if (context.page) redactMembers(context.page, redact)
  if (context.attributes) redactMembers(context.attributes, redact)
}

function redactMembers(members: Record<string, unknown>, redact: Redact): void {
  for (const key in members) {
    const value = members[key]
    if (typeof value === 'string') {
      if (!mayHold(value)) continue
      const redacted = (isShopKey(key) ? redactAddress : redact)(value)
      if (redacted !== value) members[key] = redacted
    } else if (Array.isArray(value)) {
      redactElements(value, isShopKey(key) ? redactAddress : redact)
    } else if (typeof value === 'object' && value !== null) {
      redactMembers(value as Record<string, unknown>, redact)
    }
  }
}

/** By index: keys of a list would be made into strings first. */
function redactElements(list: unknown[], redact: Redact): void {
  for (let index = 0; index < list.length; index++) {
    const value = list[index]
    if (typeof value === 'string') list[index] = redact(value)
    else if (Array.isArray(value)) redactElements(value, redact)
    else if (typeof value === 'object' && value !== null) {
      redactMembers(value as Record<string, unknown>, redact)
    }
  }
}

function isShopKey(key: string): boolean {
  const isParted = key.includes('_') || key.includes('-')
  return shopKeys.has((isParted ? key.replaceAll(/[-_]/g, '') : key).toLowerCase())
}
