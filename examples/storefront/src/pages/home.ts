import { categories, findProduct, type Product, products } from '../catalog.ts'
import { viewItemList } from '../data-layer.ts'
import { html } from '../html.ts'
import { formatMoney, formatUnit } from '../money.ts'
import { icons } from '../parts/icons.ts'
import { productGrid } from '../parts/product-card.ts'
import { pageUrl, type Visit } from '../request.ts'
import type { Page } from './page.ts'

const teas = ['sejak', 'hojicha', 'oolong'].map(findProduct).filter((product) => product !== undefined)

export function homePage(visit: Visit): Page {
  const { texts, language } = visit
  const t = texts.home
  const favourites = products.slice(0, 4)
  const tea = (product: Product) => html`<li class="degree">
  <p class="degree-number" aria-hidden="true">${product.celsius}<span>°</span></p>
  <h3><a href="${pageUrl(visit, `product/${product.id}/`)}">${texts.products[product.id].name}</a></h3>
  <p>${texts.product.brew} ${formatUnit(product.celsius ?? 0, 'celsius', language)}</p>
  <p class="price">${formatMoney(product.prices[language.currency], language)}</p>
</li>`
  const promiseIcons = [icons.egg, icons.heart, icons.fire]
  return {
    title: texts.tagline,
    tells: [viewItemList(visit, 'home_favourites', favourites)],
    main: html`<section class="hero">
  <div class="hero-text">
    <h1>${t.title}</h1>
    <p class="lead">${t.lead}</p>
    <p class="actions"><a class="button" href="${pageUrl(visit, 'shop/')}">${t.cta}</a> <a class="arrow" href="${pageUrl(visit, 'shop/tea/')}">${t.second}</a></p>
  </div>
  <img class="hero-picture" src="/art/hero.svg" width="1600" height="1200" alt="${t.picture}" fetchpriority="high">
</section>
<section class="section">
  <h2>${t.favourites}</h2>
  ${productGrid(visit, 'home_favourites', favourites)}
</section>
<section class="degrees"><div class="section">
  <h2>${t.temperatures}</h2>
  <p class="lead">${t.temperaturesLead}</p>
  <ul>${teas.map(tea)}</ul>
</div></section>
<section class="section">
  <h2>${t.byCategory}</h2>
  <ul class="shelves">${categories.map(
    (category) => html`<li class="shelf">
    <div class="card-picture"><img src="/art/${category}.svg" width="1000" height="1000" alt="" loading="lazy"></div>
    <h3 class="card-name"><a href="${pageUrl(visit, `shop/${category}/`)}">${texts.categories[category]}</a></h3>
    <p class="card-line">${texts.categoryLines[category]}</p>
  </li>`,
  )}</ul>
</section>
<section class="story">
  <img src="/art/workshop.svg" width="1600" height="1200" alt="" loading="lazy">
  <div class="story-text"><h2>${t.story}</h2><p>${t.storyText}</p><p><a class="arrow" href="${pageUrl(visit, 'product/moon-cup/')}">${t.storyCta}</a></p></div>
</section>
<section class="section promises"><ul>${texts.promises.map(
      ([title, text], index) => html`<li>${promiseIcons[index]}<h2>${title}</h2><p>${text}</p></li>`,
    )}</ul></section>`,
  }
}
