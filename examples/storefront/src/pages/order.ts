import { purchase } from '../data-layer.ts'
import { type Html, html } from '../html.ts'
import { icons } from '../parts/icons.ts'
import { orderLines, totals } from '../parts/totals.ts'
import { pageUrl, type Visit } from '../request.ts'
import { fill } from '../texts/index.ts'
import { sampleEmail } from './checkout.ts'
import type { Page } from './page.ts'

function noOrder(visit: Visit): Page {
  const { texts } = visit
  return {
    title: texts.order.status,
    main: html`<section class="section empty"><h1>${texts.order.status}</h1><p class="lead">${texts.order.none}</p><p><a class="button" href="${pageUrl(visit, 'shop/')}">${texts.cartPage.emptyCta}</a></p></section>`,
  }
}

function bought(visit: Visit, order: NonNullable<Visit['order']>): Html {
  return html`<aside class="summary" aria-labelledby="summary">
  <h2 id="summary">${visit.texts.checkout.summary}</h2>
  ${orderLines(visit, order.lines)}
  ${totals(visit, order.lines, order.delivery)}
</aside>`
}

export function orderPlacedPage(visit: Visit): Page {
  const { texts, order } = visit
  if (!order) return noOrder(visit)
  const t = texts.order
  return {
    title: t.thanks,
    tells: visit.orderIsNew ? [purchase(visit, order)] : [],
    main: html`<section class="section"><div class="with-aside">
  <div class="placed">
    <p class="placed-mark" aria-hidden="true">${icons.check}</p>
    <h1>${t.thanks}</h1>
    <p class="lead">${fill(t.placed, { number: order.number, email: sampleEmail })}</p>
    <p class="actions"><a class="button" href="${pageUrl(visit, 'order/status/')}">${t.status}</a> <a class="arrow" href="${pageUrl(visit, 'shop/')}">${t.keep}</a></p>
  </div>
  ${bought(visit, order)}
</div></section>`,
  }
}

export function orderStatusPage(visit: Visit): Page {
  const { texts, order, language } = visit
  if (!order) return noOrder(visit)
  const t = texts.order
  const days = order.delivery === 'express' ? 1 : 4
  const arrival = new Intl.DateTimeFormat(language.format, { weekday: 'long', month: 'long', day: 'numeric' })
  return {
    title: t.status,
    main: html`<section class="section"><div class="with-aside">
  <div>
    <h1>${fill(t.statusTitle, { number: order.number })}</h1>
    <p class="lead">${t.statusLead}</p>
    <ol class="stages">${t.stages.map(
      (stage, index) =>
        html`<li class="${index < 1 ? 'done' : index === 1 ? 'now' : 'next'}"><span class="stage-mark" aria-hidden="true">${index < 1 && icons.check}</span><span>${stage}${index === 1 && html` <span class="hidden">(${t.stageNow})</span>`}</span></li>`,
    )}</ol>
    <p class="arrives"><span>${t.arrives}</span> <b>${arrival.format(Date.now() + days * 86_400_000)}</b></p>
    <p><a class="arrow" href="${pageUrl(visit, 'shop/')}">${t.keep}</a></p>
  </div>
  ${bought(visit, order)}
</div></section>`,
  }
}
