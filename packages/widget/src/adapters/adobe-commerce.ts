import type { AdapterModule } from '../core/adapter-interface.ts'
import { safely } from '../core/safely.ts'

interface Product {
  sku: string
  categories?: string[] | null
  pricing?: { regularPrice: number; specialPrice?: number; currencyCode: string | null }
}

interface Item {
  product: Product
  quantity: number
  prices?: { price: { value: number; currency?: string } }
}

interface Cart {
  items?: Item[]
  prices?: { subtotalExcludingTax?: { value: number; currency?: string } }
  totalQuantity?: number
}

/** What the shop's events SDK knows when an event happens. */
interface Contexts {
  productContext?: Product
  changedProductsContext?: { items?: Item[] }
  shoppingCartContext?: Cart
  orderContext?: { orderId: string; grandTotal: number; appliedCouponCode?: string }
  searchInputContext?: { units: { searchUnitId: string; phrase: string }[] }
  categoryContext?: { name: string }
  searchUnitId?: string
  sku?: string
}

type Listener = (event: { eventInfo?: Contexts }) => void

interface DataLayer {
  addEventListener(name: string, listener: Listener, options: { scope: 'all' }): void
  removeEventListener(name: string, listener: Listener): void
}

const toItems = (items: Item[] | undefined) =>
  items?.map(({ product, quantity }) => ({
    item_id: product.sku,
    quantity,
    item_category: product.categories?.[0],
  }))

const ofProduct = ({ productContext: product }: Contexts) => {
  const { pricing } = product ?? {}
  return {
    value: pricing?.specialPrice ?? pricing?.regularPrice,
    currency: pricing?.currencyCode,
    items: product && toItems([{ product, quantity: 1 }]),
  }
}

/** What was put in or taken out, which shops that do not say it leave to the product of the page. */
const ofChange = (contexts: Contexts) => {
  const items = contexts.changedProductsContext?.items
  if (!items?.length) return ofProduct(contexts)
  return {
    value: items.reduce((sum, { prices, quantity }) => sum + (prices?.price.value ?? 0) * quantity, 0),
    currency: items[0]?.prices?.price.currency,
    items: toItems(items),
  }
}

const ofCart = ({ shoppingCartContext: cart }: Contexts) => {
  const { value, currency } = cart?.prices?.subtotalExcludingTax ?? {}
  return { value, currency, items: toItems(cart?.items) }
}

const translations: Record<string, [name: string, read: (contexts: Contexts) => Record<string, unknown>]> = {
  'product-page-view': ['view_item', ofProduct],
  'category-results-view': [
    'view_item_list',
    ({ categoryContext }) => ({ categories: [categoryContext?.name] }),
  ],
  'search-request-sent': [
    'search',
    ({ searchInputContext, searchUnitId }) => ({
      searchTerm: searchInputContext?.units.find((unit) => unit.searchUnitId === searchUnitId)?.phrase,
    }),
  ],
  'search-product-click': ['select_item', ({ sku }) => ({ items: [{ item_id: sku }] })],
  'add-to-cart': ['add_to_cart', ofChange],
  'remove-from-cart': ['remove_from_cart', ofChange],
  'shopping-cart-view': ['view_cart', ofCart],
  'open-cart': ['view_cart', ofCart],
  'initiate-checkout': ['begin_checkout', ofCart],
  'place-order': [
    'purchase',
    (contexts) => {
      const { orderId, grandTotal, appliedCouponCode } = contexts.orderContext ?? {}
      return {
        ...ofCart(contexts),
        value: grandTotal,
        transactionId: orderId && `${orderId}`,
        coupon: appliedCouponCode || undefined,
      }
    },
  ],
}

/**
 * Events of Adobe Commerce's storefront SDK in the Adobe Client Data Layer, those before us too.
 * @see https://developer.adobe.com/commerce/services/shared-services/storefront-events/
 */
export const start: AdapterModule['start'] = (emit, signal) => {
  const page = window as { adobeDataLayer?: ((layer: DataLayer) => void)[] }
  // An array until the data layer has come, which then calls the functions in it.
  page.adobeDataLayer ??= []
  page.adobeDataLayer.push(
    safely((layer: DataLayer) => {
      if (signal.aborted) return
      for (const type in translations) {
        const [name, read] = translations[type] as (typeof translations)[string]
        const listener = safely<Parameters<Listener>, void>(({ eventInfo = {} }) =>
          emit(name, read(eventInfo)),
        )
        layer.addEventListener(type, listener, { scope: 'all' })
        signal.addEventListener('abort', () => layer.removeEventListener(type, listener))
      }
    }),
  )
}
