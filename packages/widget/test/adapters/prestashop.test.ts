// @vitest-environment happy-dom
import { EventEmitter } from 'node:events'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { start } from '../../src/adapters/prestashop.ts'
import { hear } from './hear.ts'

const globals = window as unknown as { prestashop?: unknown }
afterEach(() => {
  delete globals.prestashop
  history.replaceState({}, '', '/')
})

/** The global of PrestaShop's core: Node's event emitter, with what the server knows of the page. */
function shopPage(pageName = 'index') {
  const prestashop = Object.assign(new EventEmitter(), {
    page: { page_name: pageName },
    currency: { iso_code: 'EUR', sign: '€' },
    customer: { email: 'ann@shop.example' },
    cart: {
      products: [
        { id_product: '7', id_product_attribute: '41', quantity: 2, category: 'cups' },
        { id_product: '8', id_product_attribute: '0', quantity: '1', category: 'pots' },
      ],
      totals: { total: { type: 'total', amount: 89.7, value: '€89.70' } },
      products_count: 3,
    },
  })
  globals.prestashop = prestashop
  return prestashop
}

const listen = () => {
  const heard = hear(start)
  onTestFinished(heard.stop)
  return heard
}

describe('on PrestaShop', () => {
  test('a product put into the cart is heard with its id and quantity', () => {
    const prestashop = shopPage()
    const { events } = listen()
    prestashop.emit('updateCart', {
      reason: { idProduct: 7, idProductAttribute: 41, linkAction: 'add-to-cart', cart: prestashop.cart },
      resp: { success: true, id_product: 7, quantity: 2, cart: prestashop.cart, errors: '' },
    })
    expect(events).toEqual([
      { name: 'add_to_cart', currency: 'EUR', itemIds: ['7'], itemCount: 2, categories: [] },
    ])
  })

  test('one taken out is heard, a changed quantity is not', () => {
    const prestashop = shopPage('cart')
    const { events } = listen()
    events.length = 0
    prestashop.emit('updateCart', { reason: { linkAction: 'delete-from-cart', idProduct: '7' }, resp: {} })
    prestashop.emit('updateCart', {
      reason: { idProduct: '7', fieldName: 'quantity' },
      resp: { quantity: 3 },
    })
    prestashop.emit('updateCart', { reason: 'orderChange' })
    expect(events).toEqual([
      { name: 'remove_from_cart', currency: 'EUR', itemIds: ['7'], itemCount: 1, categories: [] },
    ])
  })

  test.each([
    [
      'addProductToCart',
      { hasError: true, errors: ['Not enough <b>stock</b>'] },
      { source: 'cart', code: 'addProductToCart', message: 'Not enough stock' },
    ],
    [
      'updateProductQuantityInCart',
      { errors: 'Only 2 left' },
      { source: 'cart', code: 'updateProductQuantityInCart', message: 'Only 2 left' },
    ],
    ['updateDeliveryForm', undefined, { source: 'checkout', code: 'updateDeliveryForm' }],
  ])('the error %s %j is friction %j', (eventType, resp, expected) => {
    const prestashop = shopPage()
    const { events } = listen()
    prestashop.emit('handleError', { eventType, resp })
    expect(events).toEqual([{ name: 'friction', ...expected }])
  })

  test('a refusal that a module reports as an update is friction, too', () => {
    const prestashop = shopPage()
    const { events } = listen()
    prestashop.emit('updateCart', {
      reason: { linkAction: 'add-to-cart', idProduct: 7 },
      resp: { hasError: true, errors: ['Sold out'] },
    })
    expect(events).toEqual([{ name: 'friction', source: 'cart', code: 'add-to-cart', message: 'Sold out' }])
  })

  const cart = {
    value: 89.7,
    currency: 'EUR',
    itemIds: ['7', '8'],
    itemCount: 3,
    categories: ['cups', 'pots'],
  }
  test.each([
    ['index', '/', undefined],
    ['product', '/7-cup.html', { name: 'view_item' }],
    ['category', '/3-cups', { name: 'view_item_list' }],
    ['cart', '/cart', { name: 'view_cart', ...cart }],
    ['checkout', '/order', { name: 'begin_checkout', ...cart }],
    [
      'order-confirmation',
      '/order-confirmation?id_cart=5&id_module=9&id_order=12&key=secret',
      { name: 'purchase', transactionId: '12' },
    ],
  ])('the page %s at %s is %j', (pageName, path, expected) => {
    shopPage(pageName)
    history.replaceState({}, '', path)
    expect(listen().events).toEqual(expected ? [expected] : [])
  })

  test('a page without PrestaShop’s scripts is no error', () => {
    expect(listen().events).toEqual([])
    globals.prestashop = {}
    expect(listen().events).toEqual([])
  })

  test('nothing is left after the end', () => {
    const prestashop = shopPage()
    const { events, stop } = hear(start)
    stop()
    prestashop.emit('handleError', { eventType: 'addProductToCart' })
    expect([events, prestashop.eventNames()]).toEqual([[], []])
  })
})
