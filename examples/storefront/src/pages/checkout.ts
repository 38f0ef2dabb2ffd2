import { goodsValue } from '../cart.ts'
import { addPaymentInfo, addShippingInfo, beginCheckout } from '../data-layer.ts'
import { type Html, html } from '../html.ts'
import { type Delivery, deliveryPrice, formatMoney } from '../money.ts'
import { orderLines, totals } from '../parts/totals.ts'
import { pageUrl, type Visit } from '../request.ts'
import { fill } from '../texts/index.ts'
import type { Page } from './page.ts'

export const sampleEmail = 'mina@example.com'

const field = (
  label: string,
  name: string,
  value: string,
  autocomplete: string,
  more: Html | string = '',
): Html =>
  html`<label class="field"><span>${label}</span><input name="${name}" value="${value}" autocomplete="${autocomplete}" required dir="auto"${more}></label>`

const choice = (name: string, value: string, label: string, detail: string, checked: boolean): Html =>
  html`<label class="choice"><input type="radio" name="${name}" value="${value}"${checked ? html` checked` : ''}><span>${label}</span><small>${detail}</small></label>`

function aside(visit: Visit, delivery: Delivery): Html {
  return html`<aside class="summary" aria-labelledby="summary">
  <h2 id="summary">${visit.texts.checkout.summary}</h2>
  ${orderLines(visit, visit.cart)}
  ${totals(visit, visit.cart, delivery)}
</aside>`
}

const layout = (visit: Visit, form: Html, delivery: Delivery): Html => html`<section class="section checkout">
  <h1>${visit.texts.checkout.title}</h1>
  <p class="notice">${visit.texts.checkout.demo}</p>
  <div class="with-aside">${form}${aside(visit, delivery)}</div>
</section>`

export function deliveryPage(visit: Visit): Page {
  const { texts, language } = visit
  const t = texts.checkout
  const goods = goodsValue(visit.cart, language.currency)
  const option = (delivery: Delivery, label: string, time: string): Html => {
    const price = deliveryPrice(delivery, goods, language.currency)
    return choice(
      'delivery',
      delivery,
      label,
      `${time} · ${price ? formatMoney(price, language) : texts.cartPage.free}`,
      visit.delivery === delivery,
    )
  }
  return {
    title: t.title,
    step: 1,
    tells: [beginCheckout(visit)],
    main: layout(
      visit,
      html`<form method="post" data-tell="${JSON.stringify(addShippingInfo(visit))}">
  <h2>${t.contact}</h2>
  ${field(t.email, 'email', sampleEmail, 'email', html` type="email"`)}
  <h2>${t.address}</h2>
  ${field(t.name, 'name', texts.sample.name, 'name')}
  ${field(t.street, 'street', texts.sample.street, 'street-address')}
  <div class="pair">${field(t.postcode, 'postcode', texts.sample.postcode, 'postal-code')}${field(t.city, 'city', texts.sample.city, 'address-level2')}</div>
  <fieldset><legend>${t.delivery}</legend>${option('standard', t.standard, t.standardTime)}${option('express', t.express, t.expressTime)}</fieldset>
  <div class="form-end"><a class="link" href="${pageUrl(visit, 'cart/')}">${t.backToCart}</a><button class="button" type="submit">${t.toPayment}</button></div>
</form>`,
      visit.delivery,
    ),
  }
}

export function paymentPage(visit: Visit): Page {
  const { texts, language, cart, delivery } = visit
  const t = texts.checkout
  const goods = goodsValue(cart, language.currency)
  const amount = formatMoney(goods + deliveryPrice(delivery, goods, language.currency), language)
  return {
    title: t.steps[2] ?? t.title,
    step: 2,
    main: layout(
      visit,
      html`<form method="post" data-tell="${JSON.stringify(addPaymentInfo(visit))}">
  <fieldset><legend>${t.method}</legend>${choice('payment', 'card', t.card, '', true)}${choice('payment', 'wallet', t.wallet, '', false)}${choice('payment', 'later', t.later, '', false)}</fieldset>
  ${field(t.cardNumber, 'card', '4242 4242 4242 4242', 'cc-number', html` inputmode="numeric"`)}
  <div class="pair">${field(t.expiry, 'expiry', '12 / 29', 'cc-exp')}${field(t.cvc, 'cvc', '123', 'cc-csc', html` inputmode="numeric"`)}</div>
  <div class="form-end"><a class="link" href="${pageUrl(visit, 'checkout/delivery/')}">${t.backToDelivery}</a><button class="button" type="submit">${fill(t.pay, { amount })}</button></div>
</form>`,
      delivery,
    ),
  }
}
