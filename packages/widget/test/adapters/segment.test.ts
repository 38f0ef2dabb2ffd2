// @vitest-environment happy-dom
import { EventEmitter } from 'node:events'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { start } from '../../src/adapters/segment.ts'
import { hear } from './hear.ts'

const globals = window as unknown as { analytics?: unknown }
afterEach(() => {
  delete globals.analytics
})

/** The library once it has come: an emitter of the calls it is given. */
function segmentPage() {
  const emitter = new EventEmitter()
  globals.analytics = emitter
  return {
    emitter,
    track: (event: string, properties?: object) => emitter.emit('track', event, properties, {}),
  }
}

const listen = () => {
  const heard = hear(start)
  onTestFinished(heard.stop)
  return heard
}

const products = [
  { product_id: '507f', sku: 'G-32', name: 'Cup', price: 19, quantity: 2, category: 'Kitchen' },
  { sku: 'F-32', name: 'Pot', price: 3, quantity: 1, category: 'Kitchen' },
]
const items = { itemIds: ['507f', 'F-32'], itemCount: 3, categories: ['Kitchen'] }

describe('on a page with Segment', () => {
  test.each([
    ['Products Searched', { query: 'cup' }, { name: 'search', searchTerm: 'cup' }],
    [
      'Product List Viewed',
      { list_id: 'l1', category: 'Cups', products: [{ product_id: '507f' }] },
      { name: 'view_item_list', itemIds: ['507f'], itemCount: 1, categories: [] },
    ],
    [
      'Product Clicked',
      { product_id: '507f' },
      { name: 'select_item', itemIds: ['507f'], itemCount: 1, categories: [] },
    ],
    [
      'Product Viewed',
      { product_id: '507f', category: 'Kitchen', price: 19, currency: 'usd', value: 19 },
      {
        name: 'view_item',
        value: 19,
        currency: 'usd',
        itemIds: ['507f'],
        itemCount: 1,
        categories: ['Kitchen'],
      },
    ],
    [
      'Product Added',
      { cart_id: 'c1', product_id: '507f', price: 19, quantity: 2, coupon: 'SPRING' },
      { name: 'add_to_cart', value: 38, coupon: 'SPRING', itemIds: ['507f'], itemCount: 2, categories: [] },
    ],
    [
      'Product Removed',
      { cart_id: 'c1', sku: 'G-32', quantity: 1 },
      { name: 'remove_from_cart', itemIds: ['G-32'], itemCount: 1, categories: [] },
    ],
    ['Cart Viewed', { cart_id: 'c1', products }, { name: 'view_cart', ...items }],
    [
      'Checkout Started',
      { order_id: 'o1', value: 41, currency: 'USD', products },
      { name: 'begin_checkout', value: 41, currency: 'USD', transactionId: 'o1', ...items },
    ],
    ['Payment Info Entered', { order_id: 'o1' }, { name: 'add_payment_info', transactionId: 'o1' }],
    [
      'Order Completed',
      {
        order_id: 'o1',
        total: 46,
        revenue: 41,
        currency: 'USD',
        coupon: 'SPRING',
        products,
        email: 'ann@shop.example',
      },
      { name: 'purchase', value: 46, currency: 'USD', coupon: 'SPRING', transactionId: 'o1', ...items },
    ],
    ['Order Refunded', { order_id: 'o1', total: 19 }, { name: 'refund', value: 19, transactionId: 'o1' }],
    ['Promotion Viewed', { promotion_id: 'p1' }, { name: 'view_promotion' }],
    ['Promotion Clicked', { promotion_id: 'p1' }, { name: 'select_promotion' }],
    [
      'Coupon Denied',
      { coupon: 'SPRING', reason: 'Coupon expired' },
      { name: 'friction', source: 'coupon', code: 'denied', message: 'Coupon expired' },
    ],
  ])('%s %j becomes %j', (event, properties, expected) => {
    const { track } = segmentPage()
    const { events } = listen()
    track(event, properties)
    expect(events).toEqual([expected])
  })

  test('names are understood however they are written', () => {
    const { track } = segmentPage()
    const { events } = listen()
    track('order completed')
    expect(events).toMatchObject([{ name: 'purchase' }])
  })

  test('of the shop’s own events only the name is heard', () => {
    const { track } = segmentPage()
    const { events } = listen()
    track('Signed Up', { email: 'ann@shop.example', plan: 'pro' })
    expect(events).toEqual([{ name: 'Signed Up' }])
  })

  test('the snippet passes on what was asked of it when the library comes', () => {
    const calls: [method: string, ...args: unknown[]][] = []
    // The snippet: an array with the library's methods, each of which notes its call in it.
    globals.analytics = Object.assign(calls, {
      on: (...args: unknown[]) => calls.push(['on', ...args]),
      off: (...args: unknown[]) => calls.push(['off', ...args]),
    })
    const { events } = listen()
    const { emitter, track } = segmentPage()
    for (const [method, ...args] of calls) if (method === 'on') emitter.on(...(args as ['track', () => void]))
    track('Product Added', { product_id: '507f' })
    expect(events).toMatchObject([{ name: 'add_to_cart', itemIds: ['507f'] }])
  })

  test('a page without Segment is no error', () => {
    expect(listen().events).toEqual([])
    globals.analytics = {}
    expect(listen().events).toEqual([])
  })

  test('nothing is left after the end', () => {
    const { emitter, track } = segmentPage()
    const { events, stop } = hear(start)
    stop()
    track('Order Completed')
    expect([events, emitter.eventNames()]).toEqual([[], []])
  })
})
