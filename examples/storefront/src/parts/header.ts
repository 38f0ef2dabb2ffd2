import { countItems } from '../cart.ts'
import { categories } from '../catalog.ts'
import { type Html, html } from '../html.ts'
import { languages } from '../languages.ts'
import { deliveryPrices, formatMoney } from '../money.ts'
import { pageUrl, type Visit } from '../request.ts'
import { fill } from '../texts/index.ts'
import { icons } from './icons.ts'

const logo = (visit: Visit): Html =>
  html`<a class="logo" href="${pageUrl(visit)}" aria-label="ondo">ondo<span aria-hidden="true">°</span></a>`

function languageMenu({ texts, language, path }: Visit): Html {
  return html`<details class="languages">
  <summary aria-label="${texts.language}: ${language.name}">${icons.globe}<span>${language.name}</span></summary>
  <ul>${languages.map((other) => html`<li><a href="/${other.code}/${path}" lang="${other.tag}" hreflang="${other.tag}"${other === language ? html` aria-current="true"` : ''}>${other.name}</a></li>`)}</ul>
</details>`
}

function cartLink(visit: Visit): Html {
  const count = countItems(visit.cart)
  return html`<a class="cart-link" href="${pageUrl(visit, 'cart/')}">${icons.cart}<span class="hidden" data-cart-label="${visit.texts.cartCount}">${fill(visit.texts.cartCount, { n: count })}</span><span class="badge" data-cart-count aria-hidden="true"${count ? '' : html` hidden`}>${count}</span></a>`
}

export function header(visit: Visit): Html {
  const { texts, language, path } = visit
  const link = (to: string, text: string): Html =>
    html`<li><a href="${pageUrl(visit, to)}"${path === to ? html` aria-current="page"` : ''}>${text}</a></li>`
  return html`<header>
<p class="announce">${fill(texts.announce, { amount: formatMoney(deliveryPrices.freeFrom[language.currency], language) })}</p>
<div class="header">
  ${logo(visit)}
  <nav class="menu" aria-label="${texts.mainMenu}"><ul>
    ${link('shop/', texts.shopAll)}${categories.map((category) => link(`shop/${category}/`, texts.categories[category]))}
  </ul></nav>
  <div class="header-end">${languageMenu(visit)}${cartLink(visit)}</div>
</div>
</header>`
}

/** The checkout's header leads nowhere but back to the cart: fewer ways to get lost. */
export function checkoutHeader(visit: Visit, step: number): Html {
  const { texts } = visit
  return html`<header class="header">
  ${logo(visit)}
  <nav class="steps" aria-label="${texts.checkout.stepsLabel}"><ol>
    ${texts.checkout.steps.map((name, index) => html`<li${index === step ? html` aria-current="step"` : ''}>${name}</li>`)}
  </ol></nav>
  <div class="header-end">${languageMenu(visit)}</div>
</header>`
}
