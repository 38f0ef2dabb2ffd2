import { picturesOf } from '../art/gallery.ts'
import { companions, type Product } from '../catalog.ts'
import { addToCart, viewItem } from '../data-layer.ts'
import { type Html, html } from '../html.ts'
import { deliveryPrices, formatMoney, formatUnit } from '../money.ts'
import { productGrid } from '../parts/product-card.ts'
import { rating } from '../parts/rating.ts'
import type { Visit } from '../request.ts'
import { fill } from '../texts/index.ts'
import type { Page } from './page.ts'

function gallery({ texts }: Visit, product: Product): Html {
  const { name } = texts.products[product.id]
  const alts = [name, fill(texts.product.inUse, { name }), fill(texts.product.drawing, { name })]
  return html`<ul class="gallery" aria-label="${texts.product.pictures}" tabindex="0">${picturesOf(
    product,
  ).map(
    (picture, index) =>
      html`<li><img src="/art/${picture}.svg" width="800" height="1000" alt="${alts[index]}"${index ? html` loading="lazy"` : ''}></li>`,
  )}</ul>`
}

function careOf({ texts }: Visit, { category, material }: Product): string {
  if (category === 'tea') return texts.care.tea
  if (material === 'ironware') return texts.care.iron
  if (material === 'oak') return texts.care.wood
  if (material === 'linen') return texts.care.linen
  return texts.care.ware
}

function facts({ texts, language }: Visit, product: Product): Html {
  const t = texts.product
  const row = (term: string, value: string) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`
  const size = product.size.filter(Boolean).map((length) => length.toLocaleString(language.format))
  const last = size.length - 1
  size[last] = formatUnit(product.size.filter(Boolean)[last] ?? 0, 'centimeter', language)
  return html`<dl class="facts">
  ${row(t.material, texts.materials[product.material])}
  ${row(t.size, size.join(' × '))}
  ${product.milliliters && row(t.volume, formatUnit(product.milliliters, 'milliliter', language))}
  ${row(t.weight, formatUnit(product.grams, 'gram', language))}
  ${product.celsius && row(t.brew, formatUnit(product.celsius, 'celsius', language))}
</dl>`
}

export function productPage(visit: Visit, product: Product): Page {
  const { texts, language } = visit
  const t = texts.product
  const { name, line, story } = texts.products[product.id]
  const money = (amount: number) => formatMoney(amount, language)
  const reviews = texts.reviews[product.category === 'tea' ? 'tea' : 'ware']
  return {
    title: name,
    tells: [viewItem(visit, product)],
    main: html`<article>
<div class="product">
  ${gallery(visit, product)}
  <div class="product-text">
    <p class="eyebrow">${line}</p>
    <h1>${name}</h1>
    <p>${rating(texts, language.format, product.rating)}</p>
    <p class="price big">${money(product.prices[language.currency])}</p>
    <p class="lead">${story}</p>
    <form class="buy" data-add="${product.id}" data-tell="${JSON.stringify(addToCart(visit, product))}">
      <label>${t.quantity} <select name="quantity">${[1, 2, 3, 4, 5, 6].map((n) => html`<option value="${n}">${n}</option>`)}</select></label>
      <button class="button" type="submit">${t.add}</button>
    </form>
    <h2>${t.details}</h2>
    ${facts(visit, product)}
    <h2>${t.care}</h2>
    <p>${careOf(visit, product)}</p>
    <h2>${t.delivery}</h2>
    <p>${fill(t.deliveryText, { standard: money(deliveryPrices.standard[language.currency]), amount: money(deliveryPrices.freeFrom[language.currency]) })}</p>
    <div data-ask="helpful"></div>
  </div>
</div>
<section class="section reviews" aria-labelledby="reviews">
  <h2 id="reviews">${t.reviews}</h2>
  <p>${rating(texts, language.format, product.rating)}</p>
  <ul>${reviews.map(([text, author]) => html`<li><figure><blockquote>${text}</blockquote><figcaption>${author}</figcaption></figure></li>`)}</ul>
</section>
<section class="section"><h2>${t.together}</h2>${productGrid(visit, 'together', companions([product.id], 4))}</section>
</article>`,
  }
}
