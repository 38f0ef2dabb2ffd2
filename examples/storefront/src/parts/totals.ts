import { type CartLine, goodsValue } from '../cart.ts'
import { type Html, html } from '../html.ts'
import { type Delivery, deliveryPrice, formatMoney } from '../money.ts'
import type { Visit } from '../request.ts'

/** Goods, delivery and total; public/shop.js keeps them up to date in the cart. */
export function totals({ language, texts }: Visit, lines: readonly CartLine[], delivery: Delivery): Html {
  const goods = goodsValue(lines, language.currency)
  const shipping = deliveryPrice(delivery, goods, language.currency)
  const t = texts.cartPage
  return html`<dl class="totals">
  <div><dt>${t.goods}</dt><dd data-total="goods">${formatMoney(goods, language)}</dd></div>
  <div><dt>${t.delivery}</dt><dd data-total="delivery">${shipping ? formatMoney(shipping, language) : t.free}</dd></div>
  <div class="total"><dt>${t.total}<small>${t.tax}</small></dt><dd data-total="all">${formatMoney(goods + shipping, language)}</dd></div>
</dl>`
}

/** What is being bought, small, beside a form. */
export const orderLines = ({ language, texts }: Visit, lines: readonly CartLine[]): Html =>
  html`<ul class="lines">${lines.map(
    ({ product, quantity }) => html`<li>
  <img src="/art/${product.id}.svg" width="64" height="80" alt="">
  <span><b>${texts.products[product.id].name}</b><br><small>${texts.checkout.times.replace('{n}', String(quantity))}</small></span>
  <span class="price">${formatMoney(product.prices[language.currency] * quantity, language)}</span>
</li>`,
  )}</ul>`
