import type { AdapterModule } from '../core/adapter-interface.ts'
import { safely } from '../core/safely.ts'

interface Payload {
  currency?: string
  product_value?: number
  cart_value?: number
  line_items?: { product_id: number | string; quantity?: number; category_names?: string[] }[]
  category_name?: string
  coupon_codes?: string[]
  order_id?: number | string
  search_keyword?: string
}

/** Its groups are missing where the page has nothing to say of them. */
type BodlEvents = Record<string, Record<string, (callback: (payload: Payload) => void) => void> | undefined>

const names: [group: string, event: string, name: string][] = [
  ['product', 'pageViewed', 'view_item'],
  ['product', 'categoryViewed', 'view_item_list'],
  ['product', 'searchPerformed', 'search'],
  ['cart', 'addItem', 'add_to_cart'],
  ['cart', 'removeItem', 'remove_from_cart'],
  ['cart', 'viewed', 'view_cart'],
  ['checkout', 'checkoutBegin', 'begin_checkout'],
  ['checkout', 'shippingDetailsProvided', 'add_shipping_info'],
  ['checkout', 'paymentDetailsProvided', 'add_payment_info'],
  ['checkout', 'orderPurchased', 'purchase'],
  ['banner', 'viewed', 'view_promotion'],
]

/**
 * BigCommerce's data layer for Stencil storefronts and its checkout.
 * @see https://developer.bigcommerce.com/docs/integrations/hosted-analytics
 */
export const start: AdapterModule['start'] = (emit, signal) => {
  const { bodlEvents = {} } = window as { bodlEvents?: BodlEvents }
  for (const [group, event, name] of names) {
    const onEvent = safely((payload: Payload) => {
      // There is no way to take a callback back.
      if (signal.aborted) return
      const { currency, product_value, cart_value, line_items, coupon_codes, order_id } = payload
      emit(name, {
        currency,
        value: product_value ?? cart_value,
        items: line_items?.map(({ product_id, quantity, category_names }) => ({
          item_id: product_id,
          quantity,
          item_category: category_names?.[0],
        })),
        coupon: coupon_codes?.[0],
        transactionId: order_id && `${order_id}`,
        searchTerm: payload.search_keyword,
      })
    })
    safely(() => bodlEvents[group]?.[event]?.(onEvent))()
  }
}
