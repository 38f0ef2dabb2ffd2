import { type Html, html } from '../html.ts'
import { fill, type ShopTexts } from '../texts/index.ts'
import { icons } from './icons.ts'

export const rating = (texts: ShopTexts, format: string, [mean, count]: readonly [number, number]): Html =>
  html`<span class="rating">${icons.star}<span class="hidden">${fill(texts.product.rating, { mean: mean.toLocaleString(format) })}</span><b aria-hidden="true">${mean.toLocaleString(format)}</b> <span>${fill(texts.product.reviewCount, { n: count.toLocaleString(format) })}</span></span>`
