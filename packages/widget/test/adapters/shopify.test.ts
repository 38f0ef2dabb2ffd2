// @vitest-environment happy-dom
import { describe, expect, onTestFinished, test } from 'vitest'
import { start } from '../../src/adapters/shopify.ts'
import { hear, settle } from './hear.ts'

/** As Shopify's own classes make them: the fields stand on the event, which bubbles to the document. */
class StandardEvent extends Event {
  constructor(name: string, payload: object) {
    super(`shopify:${name}`, { bubbles: true })
    Object.assign(this, payload)
  }
}

const dispatch = (name: string, payload: object = {}) =>
  document.body.dispatchEvent(new StandardEvent(name, payload))

const money = (amount: string) => ({ amount, currencyCode: 'EUR' })

const cart = {
  id: 'gid://shopify/Cart/c1?key=secret',
  totalQuantity: 3,
  cost: { totalAmount: money('89.70') },
  lines: [{ id: 'gid://shopify/CartLine/l1?cart=c1', quantity: 3, cost: { totalAmount: money('89.70') } }],
  discountCodes: [{ code: 'SPRING', applicable: false }],
}

const adds = (promise?: Promise<unknown>) => ({
  action: 'add',
  context: 'product',
  lines: [
    { merchandiseId: 'gid://shopify/ProductVariant/41', quantity: 2 },
    { merchandiseId: 'gid://shopify/ProductVariant/42', quantity: 1 },
  ],
  ...(promise && { promise }),
})

const listen = () => {
  const heard = hear(start)
  onTestFinished(heard.stop)
  return heard
}

describe('on Shopify', () => {
  test.each([
    ['page:view', { page: { template: 'index', title: 'Shop', url: '/' } }, { name: 'page_view' }],
    [
      'product:view',
      {
        context: 'page',
        selectedOptions: [],
        product: {
          id: 'gid://shopify/Product/7',
          title: 'Cup',
          handle: 'cup',
          selectedVariant: { id: 'gid://shopify/ProductVariant/41', title: 'Blue', price: money('29.90') },
        },
      },
      { name: 'view_item', value: 29.9, currency: 'EUR', itemIds: ['41'], itemCount: 1, categories: [] },
    ],
    [
      'product:view',
      { context: 'dialog', product: { id: 'gid://shopify/Product/7', selectedVariant: null } },
      { name: 'view_item', itemIds: ['7'], itemCount: 1, categories: [] },
    ],
    [
      'collection:view',
      { collection: { id: null, handle: 'all', productsCount: 12 } },
      { name: 'view_item_list', categories: ['all'] },
    ],
    ['search:update', { search: { query: 'cup' } }, { name: 'search', searchTerm: 'cup' }],
    [
      'cart:view',
      { context: 'dialog', cart },
      { name: 'view_cart', value: 89.7, currency: 'EUR', itemCount: 3 },
    ],
    ['cart:view', { context: 'page', cart: null }, { name: 'view_cart' }],
    [
      'cart:error',
      { error: 'Only 2 left', code: 'MAXIMUM_EXCEEDED' },
      { name: 'friction', source: 'cart', code: 'MAXIMUM_EXCEEDED', message: 'Only 2 left' },
    ],
  ])('%s %j becomes %j', (name, payload, expected) => {
    const { events } = listen()
    dispatch(name, payload)
    expect(events).toEqual([expected])
  })

  test('a product card in a list is no product that is looked at', () => {
    const { events } = listen()
    for (const context of ['collection', 'search', 'recommendation'])
      dispatch('product:view', { context, product: { id: 'gid://shopify/Product/7', selectedVariant: null } })
    expect(events).toEqual([])
  })

  test('something is in the cart only once the shop has put it there', async () => {
    const { events } = listen()
    let resolve = (_outcome: object) => {}
    dispatch('cart:lines-update', adds(new Promise((done) => (resolve = done))))
    await settle()
    expect(events).toEqual([])
    resolve({ cart })
    await settle()
    expect(events).toEqual([{ name: 'add_to_cart', itemIds: ['41', '42'], itemCount: 3, categories: [] }])
  })

  test('a theme that tells no outcome is believed', () => {
    const { events } = listen()
    dispatch('cart:lines-update', adds())
    expect(events).toMatchObject([{ name: 'add_to_cart' }])
  })

  test('a change that the cart declines is friction', async () => {
    const { events } = listen()
    const userErrors = [{ code: 'MERCHANDISE_NOT_APPLICABLE', message: 'Sold <b>out</b>' }]
    dispatch('cart:lines-update', adds(Promise.resolve({ cart, userErrors })))
    await settle()
    expect(events).toEqual([
      { name: 'friction', source: 'cart', code: 'MERCHANDISE_NOT_APPLICABLE', message: 'Sold out' },
    ])
  })

  test('a request that fails is friction once, by the error event', async () => {
    const { events } = listen()
    dispatch('cart:lines-update', adds(Promise.reject(new Error('offline'))))
    dispatch('cart:lines-update', adds(Promise.resolve({ cart: null, detail: { didError: true } })))
    dispatch('cart:error', { error: 'No connection', code: 'SERVICE_UNAVAILABLE' })
    await settle()
    expect(events).toMatchObject([{ name: 'friction', code: 'SERVICE_UNAVAILABLE' }])
  })

  test('a removed line is removed, a changed quantity is neither', async () => {
    const { events } = listen()
    const lines = [{ id: 'gid://shopify/CartLine/l1', quantity: 0 }]
    const promise = Promise.resolve({ cart })
    dispatch('cart:lines-update', {
      action: 'update',
      context: 'cart',
      lines: [{ id: 'l1', quantity: 2 }],
      promise,
    })
    dispatch('cart:lines-update', { action: 'remove', context: 'cart', lines, promise })
    await settle()
    expect(events).toEqual([{ name: 'remove_from_cart' }])
  })

  test('a discount code that does not apply is friction, one that does is not', async () => {
    const { events } = listen()
    const promise = Promise.resolve({ cart })
    dispatch('cart:discount-update', { discountCodes: [{ code: 'OTHER' }], promise })
    dispatch('cart:discount-update', { discountCodes: [{ code: 'SPRING' }], promise })
    await settle()
    expect(events).toEqual([{ name: 'friction', source: 'coupon', code: 'not_applicable' }])
  })

  test('an event of another shape is no error', () => {
    const { events } = listen()
    for (const name of ['product:view', 'collection:view', 'search:update', 'cart:lines-update'])
      document.dispatchEvent(new CustomEvent(`shopify:${name}`, { detail: {} }))
    expect(events).toEqual([])
  })

  test('nothing is heard after the end, not even what was promised before', async () => {
    const { events, stop } = hear(start)
    dispatch('cart:lines-update', adds(Promise.resolve({ cart })))
    stop()
    dispatch('page:view')
    await settle()
    expect(events).toEqual([])
  })
})
