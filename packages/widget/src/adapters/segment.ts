import type { AdapterModule } from '../core/adapter-interface.ts'
import { safely } from '../core/safely.ts'

interface Product {
  product_id?: string
  sku?: string
  quantity?: number
  price?: number
  category?: string
}

interface Properties extends Product {
  products?: Product[]
  value?: number
  total?: number
  revenue?: number
  currency?: string
  coupon?: string
  order_id?: string
  query?: string
  reason?: string
}

type Listener = (event: string, properties?: Properties) => void

/** In the page from the snippet on, which keeps calls until the library has come. */
interface Analytics {
  on?(type: 'track', listener: Listener): void
  off?(type: 'track', listener: Listener): void
}

/** Segment's e-commerce specification, in lower case. */
const names: Record<string, string> = {
  'products searched': 'search',
  'product list viewed': 'view_item_list',
  'product clicked': 'select_item',
  'product viewed': 'view_item',
  'product added': 'add_to_cart',
  'product removed': 'remove_from_cart',
  'cart viewed': 'view_cart',
  'checkout started': 'begin_checkout',
  'payment info entered': 'add_payment_info',
  'order completed': 'purchase',
  'order refunded': 'refund',
  'promotion viewed': 'view_promotion',
  'promotion clicked': 'select_promotion',
}

/**
 * Calls of Segment's `analytics.track()`. Of an event that is not in its e-commerce specification only the name is
 * heard: its properties are the shop's own, and shops send e-mail addresses.
 * @see https://segment.com/docs/connections/spec/ecommerce/v2/
 */
export const start: AdapterModule['start'] = (emit, signal) => {
  const { analytics } = window as { analytics?: Analytics }
  const onTrack = safely((event: string, properties: Properties = {}) => {
    if (signal.aborted) return
    const { products, category, price, quantity = 1, coupon, order_id } = properties
    const lower = event.toLowerCase()
    const name = names[lower]
    if (lower === 'coupon denied')
      emit('friction', { source: 'coupon', code: 'denied', message: properties.reason })
    else if (name) {
      const items = products ?? (properties.product_id || properties.sku ? [properties] : undefined)
      emit(name, {
        value: properties.total ?? properties.value ?? properties.revenue ?? (price && price * quantity),
        currency: properties.currency,
        items: items?.map((item) => ({
          item_id: item.product_id ?? item.sku,
          quantity: item.quantity,
          item_category: item.category,
        })),
        categories: products && category ? [category] : undefined,
        coupon,
        transactionId: order_id,
        searchTerm: properties.query,
      })
    } else emit(event)
  })
  analytics?.on?.('track', onTrack)
  signal.addEventListener('abort', () => analytics?.off?.('track', onTrack))
}
