import { readCart, writeCart } from './cart.ts'
import { categories, findProduct } from './catalog.ts'
import { cookie, readCookies } from './cookies.ts'
import { type Language, languages } from './languages.ts'
import type { Delivery } from './money.ts'
import { cartPage } from './pages/cart.ts'
import { deliveryPage, paymentPage } from './pages/checkout.ts'
import { homePage } from './pages/home.ts'
import { listPage } from './pages/list.ts'
import { notFoundPage } from './pages/not-found.ts'
import { orderPlacedPage, orderStatusPage } from './pages/order.ts'
import type { Page } from './pages/page.ts'
import { productPage } from './pages/product.ts'
import { type Order, pageUrl, type Visit } from './request.ts'
import { texts } from './texts/index.ts'

const deliveryOf = (value: string | undefined | null): Delivery =>
  value === 'express' ? 'express' : 'standard'

/** `ON48213|express|moon-cup.2`, as `submit` writes it. */
function readOrder(value: string | undefined): Order | undefined {
  const [number = '', delivery, cart] = (value ?? '').split('|')
  const lines = readCart(cart)
  return /^ON\d{5}$/.test(number) && lines.length
    ? { number, delivery: deliveryOf(delivery), lines }
    : undefined
}

/** What the address and the cookies say. Undefined when the address has none of the shop's languages. */
export function readVisit(pathname: string, cookieHeader: string | undefined): Visit | undefined {
  const [, code, ...rest] = pathname.split('/')
  const language: Language | undefined = languages.find((one) => one.code === code)
  if (!language) return undefined
  const cookies = readCookies(cookieHeader)
  return {
    language,
    texts: texts[language.code],
    path: rest.join('/'),
    cart: readCart(cookies.get('cart')),
    delivery: deliveryOf(cookies.get('delivery')),
    order: readOrder(cookies.get('order')),
    orderIsNew: cookies.get('fresh') === '1',
    consent: cookies.get('consent') === 'denied' ? 'denied' : 'granted',
  }
}

/** The page of an address; a string is the address to go to instead. */
export function pageOf(visit: Visit): Page | string {
  const [area, name = ''] = visit.path.split('/')
  if (area === '') return homePage(visit)
  if (area === 'shop' && !name) return listPage(visit)
  const category = categories.find((one) => one === name)
  if (area === 'shop' && category) return listPage(visit, category)
  const product = findProduct(name)
  if (area === 'product' && product) return productPage(visit, product)
  if (area === 'cart') return cartPage(visit)
  if (area === 'checkout' && !visit.cart.length) return pageUrl(visit, 'cart/')
  if (area === 'checkout' && name === 'delivery') return deliveryPage(visit)
  if (area === 'checkout' && name === 'payment') return paymentPage(visit)
  if (area === 'order' && name === 'placed') return orderPlacedPage(visit)
  if (area === 'order' && name === 'status') return orderStatusPage(visit)
  return notFoundPage(visit)
}

/** A step of the checkout was sent. Name, address and card are not even read: a demonstration has no use for them. */
export function submit(
  visit: Visit,
  form: URLSearchParams,
): { location: string; cookies: string[] } | undefined {
  if (!visit.cart.length) return { location: pageUrl(visit, 'cart/'), cookies: [] }
  if (visit.path === 'checkout/delivery/')
    return {
      location: pageUrl(visit, 'checkout/payment/'),
      cookies: [cookie('delivery', deliveryOf(form.get('delivery')))],
    }
  if (visit.path === 'checkout/payment/') {
    const number = `ON${Math.floor(10_000 + Math.random() * 90_000)}`
    return {
      location: pageUrl(visit, 'order/placed/'),
      cookies: [
        cookie('order', `${number}|${visit.delivery}|${writeCart(visit.cart)}`),
        cookie('fresh', '1'),
        cookie('cart', null),
        cookie('delivery', null),
      ],
    }
  }
  return undefined
}
