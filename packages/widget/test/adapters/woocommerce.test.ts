// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { start } from '../../src/adapters/woocommerce.ts'
import { hear, settle } from './hear.ts'

type Handler = (event: { type: string }, ...details: unknown[]) => void

const globals = window as unknown as { jQuery?: unknown; wp?: unknown }

/** The events of jQuery: several names, namespaces, details beside the event; plain listeners do not hear them. */
function jQueryPage() {
  let handlers: { type: string; space: string; run: Handler }[] = []
  globals.jQuery = () => ({
    on(names: string, run: Handler) {
      for (const name of names.split(' ')) {
        const [type = '', space = ''] = name.split('.')
        handlers.push({ type, space, run })
      }
    },
    off(name: string) {
      handlers = handlers.filter(({ space }) => `.${space}` !== name)
    },
  })
  return {
    trigger(type: string, ...details: unknown[]) {
      for (const handler of handlers) if (handler.type === type) handler.run({ type }, ...details)
    },
    count: () => handlers.length,
  }
}

/** A button that jQuery has wrapped. */
const button = (data: object) => ({ data: () => data })

const listen = () => {
  const heard = hear(start)
  onTestFinished(heard.stop)
  return heard
}

beforeEach(() => {
  delete globals.jQuery
  delete globals.wp
})
afterEach(() => {
  document.body.className = ''
  document.body.replaceChildren()
  history.replaceState({}, '', '/')
})

describe('on a classic WooCommerce page', () => {
  test('a product put into the cart is heard with its id and quantity', async () => {
    const { trigger } = jQueryPage()
    const { events } = listen()
    trigger('added_to_cart', {}, 'hash', button({ product_id: 17, quantity: 2, product_sku: 'CUP' }))
    await settle()
    trigger('removed_from_cart', {}, 'hash', button({ product_id: 17 }))
    await settle()
    expect(events).toEqual([
      { name: 'add_to_cart', itemIds: ['17'], itemCount: 2, categories: [] },
      { name: 'remove_from_cart', itemIds: ['17'], itemCount: 1, categories: [] },
    ])
  })

  test('what blocks repeat of it counts once', async () => {
    const { trigger } = jQueryPage()
    const { events } = listen()
    document.body.dispatchEvent(new CustomEvent('wc-blocks_added_to_cart', { bubbles: true }))
    trigger('added_to_cart', {}, 'hash', button({ product_id: 17, quantity: 1 }))
    await settle()
    expect(events).toMatchObject([{ name: 'add_to_cart', itemIds: ['17'] }])
  })

  test('a checkout that is refused is friction, without what the visitor typed', () => {
    const { trigger } = jQueryPage()
    const { events } = listen()
    trigger(
      'checkout_error',
      '<ul class="woocommerce-error"><li>An account is already registered with ann@shop.example.</li><li>Card 4242 4242 4242 4242 was declined.</li></ul>',
    )
    expect(events).toEqual([
      {
        name: 'friction',
        source: 'checkout',
        message: 'An account is already registered with Card was declined.',
      },
    ])
  })

  test.each([
    ['single-product postid-17', '/product/cup/', { name: 'view_item', itemIds: ['17'] }],
    ['tax-product_cat term-5', '/product-category/cups/', { name: 'view_item_list' }],
    ['woocommerce-cart woocommerce-page', '/cart/', { name: 'view_cart' }],
    ['woocommerce-checkout woocommerce-page', '/checkout/', { name: 'begin_checkout' }],
    [
      'woocommerce-checkout woocommerce-order-received',
      '/checkout/order-received/81/?key=wc_order_secret',
      { name: 'purchase', transactionId: '81' },
    ],
  ])('the page %s at %s is %j', (className, path, expected) => {
    document.body.className = className
    history.replaceState({}, '', path)
    const { events } = listen()
    expect(events).toMatchObject([expected])
  })

  test('a page that comes back with an error is friction', () => {
    document.body.className = 'woocommerce-cart'
    document.body.innerHTML = '<ul class="woocommerce-error"><li>Coupon "X" does not exist!</li></ul>'
    const { events } = listen()
    expect(events).toMatchObject([
      { name: 'friction', source: 'cart', message: 'Coupon "X" does not exist!' },
      { name: 'view_cart' },
    ])
  })

  test('any other page is none, and a shop without jQuery is no error', () => {
    document.body.className = 'blog'
    expect(listen().events).toEqual([])
  })

  test('nothing is left after the end', async () => {
    const { trigger, count } = jQueryPage()
    const { events, stop } = hear(start)
    trigger('added_to_cart', {}, 'hash', undefined)
    stop()
    document.body.dispatchEvent(new CustomEvent('wc-blocks_removed_from_cart'))
    await settle()
    expect([count(), events]).toEqual([0, []])
  })
})

describe('on a page of WooCommerce blocks', () => {
  /** The stores of `wp.data` as WooCommerce documents them. */
  function blocksPage() {
    const state = { hasError: false, notices: [] as { status: string; content: string }[] }
    const subscribers = new Set<() => void>()
    const stores: Record<string, object> = {
      'wc/store/cart': {
        getCartData: () => ({
          items: [
            { id: 17, quantity: 2, name: 'Cup' },
            { id: 18, quantity: 1, name: 'Pot' },
          ],
          totals: { total_price: '8970', currency_code: 'EUR', currency_minor_unit: 2 },
          billingAddress: { email: 'ann@shop.example' },
        }),
      },
      'wc/store/checkout': { hasError: () => state.hasError },
      'core/notices': { getNotices: (context: string) => (context === 'wc/checkout' ? state.notices : []) },
    }
    globals.wp = {
      data: {
        select: (name: string) => stores[name],
        subscribe(run: () => void) {
          subscribers.add(run)
          return () => subscribers.delete(run)
        },
      },
    }
    return {
      set(given: Partial<typeof state>) {
        Object.assign(state, given)
        for (const run of subscribers) run()
      },
      count: () => subscribers.size,
    }
  }

  test('a change of the cart is heard', async () => {
    const { events } = listen()
    document.body.dispatchEvent(new CustomEvent('wc-blocks_added_to_cart', { bubbles: true }))
    await settle()
    document.body.dispatchEvent(new CustomEvent('wc-blocks_removed_from_cart', { bubbles: true }))
    await settle()
    expect(events).toEqual([{ name: 'add_to_cart' }, { name: 'remove_from_cart' }])
  })

  test.each([
    ['woocommerce-cart', 'view_cart'],
    ['woocommerce-checkout', 'begin_checkout'],
  ])('%s knows the cart', (className, name) => {
    blocksPage()
    document.body.className = className
    expect(listen().events).toEqual([
      { name, value: 89.7, currency: 'EUR', itemIds: ['17', '18'], itemCount: 3, categories: [] },
    ])
  })

  test('each refusal of the checkout is friction once', () => {
    const { set } = blocksPage()
    const { events } = listen()
    set({ hasError: false })
    set({ hasError: true, notices: [{ status: 'error', content: 'Your card was declined.' }] })
    set({})
    set({ hasError: false })
    set({ hasError: true, notices: [] })
    expect(events).toEqual([
      { name: 'friction', source: 'checkout', message: 'Your card was declined.' },
      { name: 'friction', source: 'checkout' },
    ])
  })

  test('a store that changed its shape is no error', () => {
    const subscribe = (run: () => void) => {
      run()
      return () => {}
    }
    globals.wp = { data: { select: () => ({}), subscribe } }
    document.body.className = 'woocommerce-cart'
    const onError = vi.fn()
    window.addEventListener('error', onError)
    expect(listen().events).toEqual([{ name: 'view_cart' }])
    expect(onError).not.toHaveBeenCalled()
  })

  test('nothing is left after the end', () => {
    const { count } = blocksPage()
    const { stop } = hear(start)
    expect(count()).toBe(1)
    stop()
    expect(count()).toBe(0)
  })
})
