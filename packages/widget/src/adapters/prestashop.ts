import type { AdapterModule } from '../core/adapter-interface.ts'
import { safely } from '../core/safely.ts'

interface Cart {
  products: { id_product: number | string; quantity: number | string; category?: string }[]
  totals: { total: { amount: number } }
}

interface Response {
  hasError?: boolean
  errors?: string | string[]
}

interface Events {
  updateCart: {
    reason?: { linkAction?: string; idProduct?: number | string; cart?: Cart }
    resp?: Response & { cart?: Cart; quantity?: number }
  }
  handleError: { eventType?: string; resp?: Response }
}

interface PrestaShop {
  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): void
  removeListener?<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): void
  page?: { page_name: string }
  cart?: Cart
  currency?: { iso_code: string }
}

/** Pages that are an event by themselves. */
const pages: Record<string, string> = {
  product: 'view_item',
  category: 'view_item_list',
  cart: 'view_cart',
  checkout: 'begin_checkout',
  'order-confirmation': 'purchase',
}

const actions: Record<string, string> = {
  'add-to-cart': 'add_to_cart',
  'delete-from-cart': 'remove_from_cart',
}

/**
 * Events that PrestaShop's own scripts emit on the global `prestashop`, and what that says of the page.
 * @see https://devdocs.prestashop-project.org/9/themes/reference/javascript-events/
 */
export const start: AdapterModule['start'] = (emit, signal) => {
  const { prestashop } = window as { prestashop?: PrestaShop }
  if (!prestashop?.on) return
  const on = <Name extends keyof Events>(name: Name, run: (event: Events[Name]) => void) => {
    const listener = safely((event: Events[Name]) => {
      if (!signal.aborted) run(event)
    })
    prestashop.on(name, listener)
    signal.addEventListener('abort', () => prestashop.removeListener?.(name, listener))
  }
  const currency = prestashop.currency?.iso_code
  const fail = (code: string | undefined, resp: Response | undefined) =>
    emit('friction', {
      source: /check|address|deliver|payment|order/i.test(code ?? '') ? 'checkout' : 'cart',
      code,
      message: [resp?.errors].flat().filter(Boolean).join(' '),
    })

  on('updateCart', ({ reason = {}, resp }) => {
    const name = actions[reason.linkAction ?? '']
    // Some modules report their refusals by this event, too.
    if (resp?.hasError) fail(reason.linkAction, resp)
    else if (name)
      emit(name, {
        currency,
        items: reason.idProduct && [
          { item_id: reason.idProduct, quantity: name === 'add_to_cart' ? resp?.quantity : 1 },
        ],
      })
  })
  on('handleError', ({ eventType, resp }) => fail(eventType, resp))

  const pageName = prestashop.page?.page_name ?? ''
  const name = pages[pageName]
  const cart = /^c(art|heckout)$/.test(pageName) ? prestashop.cart : undefined
  if (name)
    emit(name, {
      ...(cart && {
        currency,
        value: cart.totals.total.amount,
        items: cart.products.map(({ id_product, quantity, category }) => ({
          item_id: id_product,
          quantity,
          item_category: category,
        })),
      }),
      transactionId: /[?&]id_order=(\d+)/.exec(location.search)?.[1],
    })
}
