import type { Product } from '../catalog.ts'
import { selectItem } from '../data-layer.ts'
import { type Html, html } from '../html.ts'
import { formatMoney } from '../money.ts'
import { pageUrl, type Visit } from '../request.ts'

/** A grid of products. `list` names it in the analytics. */
export const productGrid = (
  visit: Visit,
  list: string,
  shown: readonly Product[],
  heading: 'h2' | 'h3' = 'h3',
): Html =>
  html`<ul class="grid">${shown.map((product, index) => card(visit, list, product, index, heading))}</ul>`

function card(visit: Visit, list: string, product: Product, index: number, heading: 'h2' | 'h3'): Html {
  const { name, line } = visit.texts.products[product.id]
  const link = html`<a href="${pageUrl(visit, `product/${product.id}/`)}" data-tell="${JSON.stringify(selectItem(visit, list, product, index))}">${name}</a>`
  return html`<li class="card">
  <div class="card-picture"><img src="/art/${product.id}.svg" width="800" height="1000" alt="" loading="${index < 4 ? 'eager' : 'lazy'}"></div>
  ${heading === 'h2' ? html`<h2 class="card-name">${link}</h2>` : html`<h3 class="card-name">${link}</h3>`}
  <p class="card-line">${line}</p>
  <p class="price">${formatMoney(product.prices[visit.language.currency], visit.language)}</p>
</li>`
}
