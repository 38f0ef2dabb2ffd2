import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Storefront, startStorefront } from '../server.ts'

let shop: Storefront
beforeAll(async () => {
  shop = await startStorefront()
})
afterAll(() => shop.close())

interface Entry {
  event: string
  ecommerce: Record<string, unknown> & { items: Record<string, unknown>[] }
  [key: string]: unknown
}

/** What a page has pushed when its inline script has run; `arguments` objects of gtag() keep being such objects. */
function pushed(page: string): unknown[] {
  const [, script = ''] = /<script nonce="[^"]+">(.*?)<\/script>/s.exec(page) ?? []
  const window: { dataLayer?: unknown[]; window?: unknown } = {}
  window.window = window
  runInNewContext(script, window)
  return JSON.parse(JSON.stringify(window.dataLayer))
}

/** Events in the order of the page, both dialects brought into one form. */
const events = (page: string): Entry[] =>
  pushed(page).flatMap((entry) => {
    const { 0: command, 1: event, 2: ecommerce } = entry as Record<string, Entry['ecommerce'] | string>
    if (command === 'event') return { event, ecommerce } as Entry
    return 'event' in (entry as object) ? (entry as Entry) : []
  })

/** What an element of the page will tell when it is used. */
function told(page: string): Record<string, unknown>[] {
  return [...page.matchAll(/data-tell="([^"]+)"/g)].map(([, json = '']) =>
    JSON.parse(json.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')),
  )
}

/** A browser as far as cookies and redirects go. */
function newVisitor() {
  const jar = new Map([['cart', 'moon-cup.2~sejak.1']])
  return async function open(path: string, form?: Record<string, string>): Promise<string> {
    const response = await fetch(shop.url + path, {
      headers: { cookie: [...jar].map((pair) => pair.join('=')).join('; ') },
      redirect: 'manual',
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^(\w+)=([^;]*)/.exec(line) ?? []
      if (value) jar.set(name, value)
      else jar.delete(name)
    }
    const location = response.headers.get('location')
    return location ? open(location) : response.text()
  }
}

it('tells the events of a whole purchase in order, as shops write them', async () => {
  const open = newVisitor()
  const list = await open('/en/shop/')
  const product = await open('/en/product/moon-cup/')
  const cart = await open('/en/cart/')
  const delivery = await open('/en/checkout/delivery/')
  const payment = await open('/en/checkout/delivery/', { delivery: 'express', email: 'mina@example.com' })
  const placed = await open('/en/checkout/payment/', { payment: 'wallet', card: '4242 4242 4242 4242' })

  const names = [list, product, cart, delivery, payment, placed].map((page) =>
    events(page).map(({ event }) => event),
  )
  expect(names).toEqual([
    ['page_view', 'view_item_list'],
    ['page_view', 'view_item'],
    ['page_view', 'view_cart'],
    ['page_view', 'begin_checkout'],
    ['page_view'],
    ['page_view', 'purchase'],
  ])
  const [, viewed] = events(product)
  expect(viewed?.ecommerce).toMatchObject({
    currency: 'USD',
    value: 28,
    items: [{ item_id: 'moon-cup', price: 28 }],
  })

  // 2 x 28 + 22 and 14 for the express: money as text, and an address that nobody but the ad network asked for.
  const [, purchase] = events(placed)
  expect(purchase).toMatchObject({ user_data: { email_address: 'mina@example.com' } })
  expect(purchase?.ecommerce).toMatchObject({ value: '92.00', shipping: '14.00', currency: 'USD' })
  expect(purchase?.ecommerce.transaction_id).toMatch(/^ON\d{5}$/)
  expect(purchase?.ecommerce.items.map(({ price, quantity }) => [price, quantity])).toEqual([
    ['28.00', 2],
    ['22.00', 1],
  ])

  expect(told(list)[0]).toMatchObject({ push: { event: 'select_item' } })
  expect(told(product)[0]).toMatchObject({
    push: { event: 'add_to_cart', ecommerce: { value: '28.00', items: [{ price: '28.00', quantity: '1' }] } },
  })
  expect(told(cart)[0]).toMatchObject({ push: { event: 'remove_from_cart', ecommerce: { value: 56 } } })
  expect(told(delivery)).toMatchObject([{ gtag: ['event', 'add_shipping_info', { value: 78 }] }])
  expect(told(payment)).toMatchObject([{ push: { event: 'add_payment_info', value: 78, currency: 'USD' } }])
})

it('tells a purchase once, however often the page is opened again', async () => {
  const open = newVisitor()
  expect(events(await open('/ko/checkout/payment/', {})).at(-1)?.event).toBe('purchase')
  expect(events(await open('/ko/order/placed/')).map(({ event }) => event)).toEqual(['page_view'])
  expect(events(await open('/ko/order/status/')).map(({ event }) => event)).toEqual(['page_view'])
})

it('pushes what goes through gtag() as an arguments object, not as a list', async () => {
  const open = newVisitor()
  expect(pushed(await open('/ja/cart/')).at(-1)).toMatchObject({
    0: 'event',
    1: 'view_cart',
    2: { currency: 'JPY', value: 11_600 },
  })
})

it('clears the last e-commerce object before the next, as the tag manager asks', async () => {
  const open = newVisitor()
  expect(pushed(await open('/zh/shop/tea/')).slice(-2)[0]).toEqual({ ecommerce: null })
})
