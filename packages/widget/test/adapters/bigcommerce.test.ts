// @vitest-environment happy-dom
import { afterEach, describe, expect, test } from 'vitest'
import { start } from '../../src/adapters/bigcommerce.ts'
import { hear } from './hear.ts'

type Callback = (payload: object) => void

const globals = window as unknown as { bodlEvents?: unknown }
afterEach(() => {
  delete globals.bodlEvents
})

/** `bodlEvents` as BigCommerce documents it: each event is a function that takes a callback. */
function bodlPage(groups: Record<string, string[]>) {
  const callbacks = new Map<string, Callback[]>()
  globals.bodlEvents = Object.fromEntries(
    Object.entries(groups).map(([group, events]) => [
      group,
      Object.fromEntries(
        events.map((event) => {
          const all: Callback[] = []
          callbacks.set(`${group}.${event}`, all)
          return [event, (callback: Callback) => all.push(callback)]
        }),
      ),
    ]),
  )
  return (name: string, payload: object) => {
    for (const callback of callbacks.get(name) ?? []) callback({ event_id: 'e1', channel_id: 1, ...payload })
  }
}

const storefront = {
  product: ['pageViewed', 'categoryViewed', 'searchPerformed'],
  cart: ['addItem', 'removeItem', 'viewed'],
  banner: ['viewed'],
  consent: ['loaded', 'updated'],
}
const checkout = {
  checkout: ['checkoutBegin', 'shippingDetailsProvided', 'paymentDetailsProvided', 'orderPurchased'],
}

const line = {
  product_id: 77,
  product_name: 'Cup',
  sku: 'CC3C',
  base_price: 49.5,
  purchase_price: 49.5,
  quantity: 2,
  currency: 'USD',
  brand_name: 'Maker',
  category_names: ['Kitchen', 'Shop All'],
}
const item = { itemIds: ['77'], itemCount: 2, categories: ['Kitchen'] }

describe('on BigCommerce', () => {
  test.each([
    [
      'product.pageViewed',
      { currency: 'USD', product_value: 49.5, line_items: [{ ...line, quantity: 1 }] },
      {
        name: 'view_item',
        value: 49.5,
        currency: 'USD',
        itemIds: ['77'],
        itemCount: 1,
        categories: ['Kitchen'],
      },
    ],
    [
      'product.categoryViewed',
      {
        category_name: 'Kitchen',
        currency: 'USD',
        line_items: [{ product_id: 77, category_names: ['Kitchen'] }],
      },
      { name: 'view_item_list', currency: 'USD', itemIds: ['77'], itemCount: 1, categories: ['Kitchen'] },
    ],
    ['product.searchPerformed', { search_keyword: 'cup' }, { name: 'search', searchTerm: 'cup' }],
    [
      'cart.addItem',
      { currency: 'USD', product_value: 99, line_items: [line] },
      { name: 'add_to_cart', value: 99, currency: 'USD', ...item },
    ],
    [
      'cart.removeItem',
      { currency: 'USD', product_value: 99, line_items: [line] },
      { name: 'remove_from_cart', value: 99, currency: 'USD', ...item },
    ],
    [
      'cart.viewed',
      { currency: 'USD', cart_value: 99, line_items: [line] },
      { name: 'view_cart', value: 99, currency: 'USD', ...item },
    ],
    ['banner.viewed', { banner_id: 'b1', banner_name: 'Spring' }, { name: 'view_promotion' }],
  ])('%s %j becomes %j', (name, payload, expected) => {
    const emit = bodlPage(storefront)
    const { events } = hear(start)
    emit(name, payload)
    expect(events).toEqual([expected])
  })

  test.each([
    ['checkoutBegin', { coupon_codes: ['SPRING'] }, { name: 'begin_checkout', coupon: 'SPRING' }],
    ['shippingDetailsProvided', { shipping_method: 'Post', coupon_codes: [] }, { name: 'add_shipping_info' }],
    ['paymentDetailsProvided', { payment_type: 'card', coupon_codes: [] }, { name: 'add_payment_info' }],
    [
      'orderPurchased',
      { order_id: 118, tax: 3, shipping_cost: 5, coupon_codes: ['SPRING'] },
      { name: 'purchase', transactionId: '118', coupon: 'SPRING' },
    ],
  ])('checkout.%s with %j is %j', (event, payload, expected) => {
    const emit = bodlPage(checkout)
    const { events } = hear(start)
    emit(`checkout.${event}`, { currency: 'USD', cart_value: 99, line_items: [line], ...payload })
    expect(events).toEqual([{ value: 99, currency: 'USD', ...item, ...expected }])
  })

  test('a page without the data layer, or with one of another shape, is no error', () => {
    expect(hear(start).events).toEqual([])
    globals.bodlEvents = {
      cart: {
        addItem() {
          throw new Error('not ready')
        },
      },
    }
    expect(hear(start).events).toEqual([])
  })

  test('nothing is heard after the end', () => {
    const emit = bodlPage(storefront)
    const { events, stop } = hear(start)
    stop()
    emit('cart.addItem', { line_items: [line] })
    expect(events).toEqual([])
  })
})
