// @vitest-environment happy-dom
import { describe, expect, onTestFinished, test } from 'vitest'
import { start } from '../../src/adapters/adobe-commerce.ts'
import { hear, settle } from './hear.ts'

type Sdk = typeof import('@adobe/magento-storefront-events-sdk').default

const globals = window as unknown as { adobeDataLayer?: unknown[] }

/** Adobe's own SDK, which brings its data layer; one for all tests, as a page has one. */
const sdk = async (): Promise<Sdk> => {
  const { default: module } = (await import('@adobe/magento-storefront-events-sdk')) as unknown as {
    default: Sdk | { default: Sdk }
  }
  return 'default' in module ? module.default : module
}

const product = {
  productId: 7,
  name: 'Cup',
  sku: 'cup',
  categories: ['kitchen/cups'],
  pricing: { regularPrice: 29.9, specialPrice: 19.9, currencyCode: 'EUR' },
}
const line = (sku: string, quantity: number, value: number) => ({
  canApplyMsrp: false,
  formattedPrice: '',
  id: sku,
  quantity,
  prices: { price: { value, currency: 'EUR' } },
  product: { ...product, sku },
})
const cart = {
  id: 'c1',
  items: [line('cup', 2, 29.9), line('pot', 1, 5)],
  prices: { subtotalExcludingTax: { value: 64.8, currency: 'EUR' } },
  totalQuantity: 3,
}
const inCart = { itemIds: ['cup', 'pot'], itemCount: 3, categories: ['kitchen/cups'] }

const listen = async () => {
  const heard = hear(start)
  onTestFinished(heard.stop)
  await settle()
  // What other tests have published before.
  heard.events.length = 0
  return heard
}

describe('on Adobe Commerce', () => {
  test('what was published before the adapter came is heard', async () => {
    const { context, publish } = await sdk()
    context.setProduct(product)
    publish.productPageView()
    const { events, stop } = hear(start)
    onTestFinished(stop)
    await settle()
    expect(events).toEqual([
      {
        name: 'view_item',
        value: 19.9,
        currency: 'EUR',
        itemIds: ['cup'],
        itemCount: 1,
        categories: ['kitchen/cups'],
      },
    ])
  })

  test('what is put into the cart and taken out is heard with its value', async () => {
    const { context, publish } = await sdk()
    const { events } = await listen()
    context.setProduct(product)
    context.setShoppingCart(cart)
    context.setChangedProducts({ items: [line('cup', 2, 29.9)] })
    publish.addToCart()
    context.setChangedProducts({ items: [line('pot', 1, 5)] })
    publish.removeFromCart()
    await settle()
    expect(events).toMatchObject([
      { name: 'add_to_cart', value: 59.8, currency: 'EUR', itemIds: ['cup'], itemCount: 2 },
      { name: 'remove_from_cart', value: 5, currency: 'EUR', itemIds: ['pot'], itemCount: 1 },
    ])
  })

  test('a shop that does not say what changed means the product of the page', async () => {
    const { context, publish } = await sdk()
    const { events } = await listen()
    context.setProduct(product)
    context.setChangedProducts({ items: [] })
    publish.addToCart()
    await settle()
    expect(events).toMatchObject([{ name: 'add_to_cart', value: 19.9, itemIds: ['cup'] }])
  })

  test('the cart and the way to the order are heard', async () => {
    const { context, publish } = await sdk()
    const { events } = await listen()
    context.setShoppingCart(cart)
    publish.shoppingCartView()
    publish.openCart()
    publish.initiateCheckout()
    context.setOrder({
      appliedCouponCode: 'SPRING',
      email: 'ann@shop.example',
      grandTotal: 70,
      orderId: '1001',
      otherTax: 0,
      paymentMethodCode: 'card',
      paymentMethodName: 'Card',
      salesTax: 5,
      subtotalExcludingTax: 64.8,
      subtotalIncludingTax: 70,
    })
    publish.placeOrder()
    await settle()
    const known = { value: 64.8, currency: 'EUR', ...inCart }
    expect(events).toEqual([
      { name: 'view_cart', ...known },
      { name: 'view_cart', ...known },
      { name: 'begin_checkout', ...known },
      { name: 'purchase', ...known, value: 70, transactionId: '1001', coupon: 'SPRING' },
    ])
  })

  test('a search, a category and a result that is chosen are heard', async () => {
    const { context, publish } = await sdk()
    const { events } = await listen()
    const unit = (searchUnitId: string, phrase: string) => ({
      searchUnitId,
      searchRequestId: 'r1',
      queryTypes: ['products' as const],
      phrase,
      pageSize: 10,
      currentPage: 1,
      filter: [],
      sort: [],
    })
    context.setSearchInput({ units: [unit('other', 'pot'), unit('main', 'cup')] })
    context.setCategory({ name: 'Cups', urlKey: 'cups', urlPath: 'kitchen/cups' })
    publish.searchRequestSent('main')
    publish.categoryResultsView('main')
    publish.searchProductClick('main', 'cup')
    await settle()
    expect(events).toEqual([
      { name: 'search', searchTerm: 'cup' },
      { name: 'view_item_list', categories: ['Cups'] },
      { name: 'select_item', itemIds: ['cup'], itemCount: 1, categories: [] },
    ])
  })

  test('nothing is heard after the end', async () => {
    const { publish } = await sdk()
    const { events, stop } = await listen()
    stop()
    publish.addToCart()
    await settle()
    expect(events).toEqual([])
  })

  test('a data layer that never comes leaves a function in its queue, and no error', () => {
    const before = globals.adobeDataLayer
    delete globals.adobeDataLayer
    expect(hear(start).events).toEqual([])
    expect(globals.adobeDataLayer).toHaveLength(1)
    globals.adobeDataLayer = before as unknown[]
  })
})
