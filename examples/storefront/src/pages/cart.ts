import type { CartLine } from '../cart.ts'
import { companions } from '../catalog.ts'
import { removeFromCart, viewCart } from '../data-layer.ts'
import { type Html, html } from '../html.ts'
import { deliveryPrices, formatMoney } from '../money.ts'
import { productGrid } from '../parts/product-card.ts'
import { totals } from '../parts/totals.ts'
import { pageUrl, type Visit } from '../request.ts'
import { fill } from '../texts/index.ts'
import type { Page } from './page.ts'

function lineRow(visit: Visit, line: CartLine): Html {
  const { texts, language } = visit
  const { product, quantity } = line
  const { name, line: kind } = texts.products[product.id]
  const t = texts.cartPage
  const price = product.prices[language.currency]
  return html`<li class="cart-line" data-line="${product.id}" data-price="${price}">
  <img src="/art/${product.id}.svg" width="800" height="1000" alt="">
  <div class="cart-name"><h2><a href="${pageUrl(visit, `product/${product.id}/`)}">${name}</a></h2><p>${kind}</p></div>
  <div class="stepper">
    <button type="button" data-change="-1" aria-label="${fill(t.less, { name })}">−</button>
    <span class="hidden">${fill(t.quantityOf, { name })}</span><span data-quantity>${quantity}</span>
    <button type="button" data-change="1" aria-label="${fill(t.more, { name })}">+</button>
  </div>
  <p class="price" data-sum>${formatMoney(price * quantity, language)}</p>
  <button type="button" class="link" data-remove data-tell="${JSON.stringify(removeFromCart(visit, line))}" aria-label="${fill(t.removeItem, { name })}">${t.remove}</button>
</li>`
}

export function cartPage(visit: Visit): Page {
  const { texts, cart, language } = visit
  const t = texts.cartPage
  const suggestions = companions(
    cart.map(({ product }) => product.id),
    4,
  )
  const together = html`<section class="section"><h2>${t.together}</h2>${productGrid(visit, 'cart_together', suggestions)}</section>`
  if (!cart.length)
    return {
      title: t.title,
      tells: [viewCart(visit)],
      main: html`<section class="section empty"><h1>${t.title}</h1><p class="lead">${t.empty}</p><p><a class="button" href="${pageUrl(visit, 'shop/')}">${t.emptyCta}</a></p></section>${together}`,
    }
  const delivery = {
    freeFrom: deliveryPrices.freeFrom[language.currency],
    price: deliveryPrices.standard[language.currency],
    free: t.free,
  }
  return {
    title: t.title,
    tells: [viewCart(visit)],
    main: html`<section class="section">
  <h1>${t.title}</h1>
  <div class="with-aside">
    <ul class="cart-lines">${cart.map((line) => lineRow(visit, line))}</ul>
    <aside class="summary" aria-labelledby="summary" data-delivery="${JSON.stringify(delivery)}">
      <h2 id="summary">${t.summary}</h2>
      ${totals(visit, cart, 'standard')}
      <p class="hidden" role="status" data-updated="${t.updated}"></p>
      <p><a class="button wide" href="${pageUrl(visit, 'checkout/delivery/')}">${t.checkout}</a></p>
      <p><a class="arrow" href="${pageUrl(visit, 'shop/')}">${t.keep}</a></p>
    </aside>
  </div>
</section>${together}`,
  }
}
