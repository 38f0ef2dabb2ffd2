import type { CartLine } from './cart.ts'
import { goodsValue } from './cart.ts'
import type { Product } from './catalog.ts'
import { scriptJson } from './html.ts'
import { deliveryPrice } from './money.ts'
import type { Visit } from './request.ts'

/**
 * One thing told to the tag manager: pushed as an object, or through `gtag()`, which pushes its `arguments`.
 * Shops mix both, and write prices sometimes as numbers, sometimes as strings; so does this one, on purpose.
 */
export type Tell = { push: Record<string, unknown> } | { gtag: unknown[] }

type Shopper = Pick<Visit, 'language' | 'texts'>

function item({ language, texts }: Shopper, product: Product, index?: number): Record<string, unknown> {
  return {
    item_id: product.id,
    item_name: texts.products[product.id].name,
    item_brand: 'ondo',
    item_category: product.category,
    price: product.prices[language.currency],
    ...(index === undefined ? {} : { index }),
  }
}

const lineItems = (visit: Shopper, lines: readonly CartLine[]): Record<string, unknown>[] =>
  lines.map(({ product, quantity }, index) => ({ ...item(visit, product, index), quantity }))

const asText = (amount: unknown): string => Number(amount).toFixed(2)

export const pageView = ({ language, path }: Visit, title: string): Tell => ({
  gtag: [
    'event',
    'page_view',
    { page_title: title, page_path: `/${language.code}/${path}`, language: language.tag },
  ],
})

export const viewItemList = (visit: Visit, list: string, shown: readonly Product[]): Tell => ({
  push: {
    event: 'view_item_list',
    ecommerce: {
      item_list_id: list,
      items: shown.map((product, index) => ({ ...item(visit, product, index), item_list_id: list })),
    },
  },
})

export const selectItem = (visit: Visit, list: string, product: Product, index: number): Tell => ({
  push: { event: 'select_item', ecommerce: { item_list_id: list, items: [item(visit, product, index)] } },
})

export const viewItem = (visit: Visit, product: Product): Tell => ({
  push: {
    event: 'view_item',
    ecommerce: {
      currency: visit.language.currency,
      value: product.prices[visit.language.currency],
      items: [{ ...item(visit, product), quantity: 1 }],
    },
  },
})

/** Prices and the quantity as text, as many themes print them. The shop's script fills in the real quantity. */
export const addToCart = (visit: Visit, product: Product): Tell => {
  const price = asText(product.prices[visit.language.currency])
  return {
    push: {
      event: 'add_to_cart',
      ecommerce: {
        currency: visit.language.currency,
        value: price,
        items: [{ ...item(visit, product), price, quantity: '1' }],
      },
    },
  }
}

export const removeFromCart = (visit: Visit, { product, quantity }: CartLine): Tell => ({
  push: {
    event: 'remove_from_cart',
    ecommerce: {
      currency: visit.language.currency,
      value: product.prices[visit.language.currency] * quantity,
      items: [{ ...item(visit, product), quantity }],
    },
  },
})

const cartParameters = (visit: Visit): Record<string, unknown> => ({
  currency: visit.language.currency,
  value: goodsValue(visit.cart, visit.language.currency),
  items: lineItems(visit, visit.cart),
})

export const viewCart = (visit: Visit): Tell => ({ gtag: ['event', 'view_cart', cartParameters(visit)] })

export const beginCheckout = (visit: Visit): Tell => ({
  push: { event: 'begin_checkout', ecommerce: cartParameters(visit) },
})

export const addShippingInfo = (visit: Visit): Tell => ({
  gtag: ['event', 'add_shipping_info', { ...cartParameters(visit), shipping_tier: 'standard' }],
})

/** The keys stand beside `event` and not in `ecommerce`, as in containers that grew out of Universal Analytics. */
export const addPaymentInfo = (visit: Visit): Tell => ({
  push: { event: 'add_payment_info', ...cartParameters(visit), payment_type: 'card' },
})

/** With the buyer's address for "enhanced conversions", as shops do push it: whoever listens has to leave it alone. */
export const purchase = (visit: Visit, order: NonNullable<Visit['order']>): Tell => {
  const { currency } = visit.language
  const goods = goodsValue(order.lines, currency)
  const shipping = deliveryPrice(order.delivery, goods, currency)
  return {
    push: {
      event: 'purchase',
      user_data: { email_address: 'mina@example.com' },
      ecommerce: {
        transaction_id: order.number,
        value: asText(goods + shipping),
        shipping: asText(shipping),
        tax: '0.00',
        currency,
        items: lineItems(visit, order.lines).map((line) => ({ ...line, price: asText(line.price) })),
      },
    },
  }
}

/** The inline script of a page: the tag manager's snippet and what the page has to tell. */
export const dataLayerScript = (tells: readonly Tell[]): string =>
  'window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}' +
  "gtag('js',new Date());gtag('config','G-ONDO00DEMO',{send_page_view:false});" +
  tells
    .map((tell) =>
      'gtag' in tell
        ? `gtag(${tell.gtag.map(scriptJson).join(',')});`
        : `${'ecommerce' in tell.push ? 'dataLayer.push({ecommerce:null});' : ''}dataLayer.push(${scriptJson(tell.push)});`,
    )
    .join('')
