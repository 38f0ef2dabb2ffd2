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

function redactMembers(members: Record<string, unknown> | unknown[], redact: Redact): void {
  const own = members as Record<string, unknown>
  for (const key in own) {
    const value = own[key]
    if (typeof value === 'string') {
      if (!mayHold(value)) continue
      const redacted = (isShopKey(key) ? redactAddress : redact)(value)
      if (redacted !== value) own[key] = redacted
    } else if (typeof value === 'object' && value !== null) {
      const isNames = Array.isArray(value) && isShopKey(key)
      redactMembers(value as Record<string, unknown>, isNames ? redactAddress : redact)
    }
  }
}

function isShopKey(key: string): boolean {
  return shopKeys.has(key) || shopKeys.has(key.replaceAll(/[-_]/g, '').toLowerCase())
}
