import type { AdapterModule } from '../core/adapter-interface.ts'
import { listen } from '../core/listen.ts'
import { safely } from '../core/safely.ts'

/** What was pressed, which has the product in its `data-` attributes. */
interface Button {
  data?(): { product_id?: number; quantity?: number }
}

/** What of jQuery is needed: its events, which plain listeners do not hear. */
type JQuery = (target: EventTarget) => {
  on(names: string, listener: (event: { type: string }, ...details: unknown[]) => void): void
  off(names: string): void
}

interface Stores {
  'wc/store/cart': {
    getCartData(): {
      items: { id: number; quantity: number }[]
      /** The price in the currency's smallest unit. */
      totals: { total_price: string; currency_code: string; currency_minor_unit: number }
    }
  }
  'wc/store/checkout': { hasError(): boolean }
  'core/notices': { getNotices(context: string): { status: string; content: string }[] }
}

/** The stores of WooCommerce's blocks; undefined where none of its blocks is on the page. */
interface Data {
  select<Name extends keyof Stores>(name: Name): Stores[Name] | undefined
  /** Returns how to stop. */
  subscribe(listener: () => void, store?: keyof Stores): () => void
}

/** What went wrong last, in the blocks' own words. */
const errorOf = (notices: Stores['core/notices'] | undefined) =>
  ['wc/checkout', 'wc/checkout/payments']
    .flatMap((context) => notices?.getNotices(context) ?? [])
    .find(({ status }) => status === 'error')?.content

/** What is known of a page's event: of carts only where a block has them, else an id. */
const factsOf = (name: string, data: Data | undefined): Record<string, unknown> | undefined => {
  if (name === 'purchase') return { transactionId: /order-received\/(\d+)/.exec(location.href)?.[1] }
  if (name === 'view_item') return { items: [{ item_id: /postid-(\d+)/.exec(document.body.className)?.[1] }] }
  const cart = /cart|checkout/.test(name) && data?.select('wc/store/cart')?.getCartData()
  if (!cart) return undefined
  const { total_price, currency_code, currency_minor_unit } = cart.totals
  return {
    value: +total_price / 10 ** currency_minor_unit,
    currency: currency_code,
    items: cart.items.map(({ id, quantity }) => ({ item_id: id, quantity })),
  }
}

/** Classes that WooCommerce gives the body of its pages, most special first. */
const pages = {
  'woocommerce-order-received': 'purchase',
  'woocommerce-checkout': 'begin_checkout',
  'woocommerce-cart': 'view_cart',
  'single-product': 'view_item',
  'tax-product_cat': 'view_item_list',
}

/** WooCommerce, classic pages and blocks. */
export const start: AdapterModule['start'] = (emit, signal) => {
  const { jQuery, wp } = window as { jQuery?: JQuery; wp?: { data?: Data } }
  const { body } = document
  const classic = jQuery?.(body)
  const data = wp?.data
  const fail = (source: string, message: unknown) => emit('friction', { source, message })

  // Both dialects tell of one change, as blocks translate what classic scripts say: heard once, and the classic one
  // knows the product.
  let items: unknown
  let isTelling = false
  const onChange = (type: string, button?: Button) => {
    const { product_id, quantity } = button?.data?.() ?? {}
    items = product_id ? [{ item_id: product_id, quantity }] : items
    if (isTelling) return
    isTelling = true
    queueMicrotask(() => {
      if (!signal.aborted) emit(/added/.test(type) ? 'add_to_cart' : 'remove_from_cart', { items })
      isTelling = false
      items = undefined
    })
  }
  classic?.on('added_to_cart.heed removed_from_cart.heed', ({ type }, _fragments, _hash, button) =>
    onChange(type, button as Button),
  )
  classic?.on('checkout_error.heed', (_event, message) => fail('checkout', message))
  signal.addEventListener('abort', () => classic?.off('.heed'))
  for (const type of ['wc-blocks_added_to_cart', 'wc-blocks_removed_from_cart'])
    listen(body, type, () => onChange(type), signal)

  const checkout = data?.select('wc/store/checkout')
  if (checkout) {
    let hadError = false
    const onStore = () => {
      const hasError = checkout.hasError()
      if (hasError && !hadError) fail('checkout', errorOf(data?.select('core/notices')))
      hadError = hasError
    }
    signal.addEventListener('abort', data?.subscribe(safely(onStore), 'wc/store/checkout') as () => void)
  }

  for (const [className, name] of Object.entries(pages)) {
    if (!body.classList.contains(className)) continue
    // A classic form that was refused comes back as a page with the reason on it.
    const refusal = document.querySelector('.woocommerce-error, .wc-block-components-notice-banner.is-error')
    if (refusal) fail(/check/.test(name) ? 'checkout' : 'cart', refusal.textContent)
    emit(name, safely(factsOf)(name, data))
    return
  }
}
