import type { AdapterModule } from '../core/adapter-interface.ts'
import { listen } from '../core/listen.ts'

interface Money {
  amount: string
  currencyCode: string
}

interface Cart {
  totalQuantity: number
  cost: { totalAmount: Money }
  discountCodes?: { applicable: boolean; code: string }[]
}

/** How an operation on the cart ended. A theme whose own request failed resolves without a cart. */
interface Outcome {
  cart: Cart | null
  userErrors?: { code?: string; message: string }[]
}

/** Standard events carry their fields themselves, not in `detail`. */
interface StandardEvents {
  'page:view': object
  'product:view': {
    context: string
    product: { id: string; selectedVariant: { id: string; price: Money } | null }
  }
  'collection:view': { collection: { handle: string } }
  'search:update': { search: { query: string } }
  'cart:view': { cart: Cart | null }
  'cart:lines-update': {
    action: 'add' | 'remove' | 'update'
    lines: { merchandiseId?: string; quantity: number }[]
    promise?: Promise<Outcome>
  }
  'cart:discount-update': { discountCodes: { code: string }[]; promise?: Promise<Outcome> }
  'cart:error': { error: string; code: string }
}

/** `gid://shopify/ProductVariant/1?cart=2` is 1. */
const shortId = (id: string) => `${id}`.replace(/^.*\/|\?.*$/g, '')

const price = ({ amount, currencyCode }: Partial<Money> = {}) => ({ value: amount, currency: currencyCode })

/** Shopify's standard storefront events, which themes dispatch since June 2026. */
export const start: AdapterModule['start'] = (emit, signal) => {
  const on = <Name extends keyof StandardEvents>(name: Name, run: (event: StandardEvents[Name]) => void) =>
    listen(document, `shopify:${name}`, (event) => run(event as never), signal)

  const fail = (source: string, code?: string, message?: string) =>
    emit('friction', { source, code, message })

  /** The event fires when the operation begins; what became of it comes by its promise, and a refusal in `cart:error`. */
  const ended = (source: string, promise: Promise<Outcome> | undefined, run: (cart?: Cart) => void) => {
    if (!promise) return run()
    promise.then(
      ({ cart, userErrors = [] }) => {
        if (signal.aborted) return
        const [error] = userErrors
        if (error) fail(source, error.code, error.message)
        else if (cart) run(cart)
      },
      () => {},
    )
  }

  on('page:view', () => emit('page_view'))
  on('product:view', ({ context, product: { id, selectedVariant: variant } }) => {
    // Cards in lists and recommendations come into view, too.
    if (/page|dialog/.test(context))
      emit('view_item', { ...price(variant?.price), items: [{ item_id: shortId(variant?.id ?? id) }] })
  })
  on('collection:view', ({ collection }) => emit('view_item_list', { categories: [collection.handle] }))
  on('search:update', ({ search }) => emit('search', { searchTerm: search.query }))
  on('cart:view', ({ cart }) =>
    emit('view_cart', { ...price(cart?.cost.totalAmount), itemCount: cart?.totalQuantity }),
  )
  on('cart:lines-update', ({ action, lines, promise }) =>
    ended('cart', promise, () => {
      if (action === 'remove') emit('remove_from_cart')
      else if (action === 'add')
        emit('add_to_cart', {
          items: lines.map(({ merchandiseId = '', quantity }) => ({
            item_id: shortId(merchandiseId),
            quantity,
          })),
        })
    }),
  )
  on('cart:discount-update', ({ discountCodes, promise }) =>
    ended('coupon', promise, (cart) => {
      const isRefused = cart?.discountCodes?.some(
        ({ applicable, code }) => !applicable && discountCodes.some((wanted) => wanted.code === code),
      )
      if (isRefused) fail('coupon', 'not_applicable')
    }),
  )
  on('cart:error', ({ code, error }) => fail('cart', code, error))
}
