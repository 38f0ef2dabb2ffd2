import { type Category, categories, products } from '../catalog.ts'
import { viewItemList } from '../data-layer.ts'
import { html } from '../html.ts'
import { productGrid } from '../parts/product-card.ts'
import { pageUrl, type Visit } from '../request.ts'
import { fill } from '../texts/index.ts'
import type { Page } from './page.ts'

export function listPage(visit: Visit, category?: Category): Page {
  const { texts } = visit
  const shown = products.filter((product) => !category || product.category === category)
  const title = category ? texts.categories[category] : texts.shopAll
  const list = category ?? 'all'
  const filter = (to: string, text: string, current: boolean) =>
    html`<li><a href="${pageUrl(visit, to)}"${current ? html` aria-current="page"` : ''}>${text}</a></li>`
  return {
    title,
    tells: [viewItemList(visit, list, shown)],
    main: html`<section class="section">
  <div class="list-head">
    <h1>${title}</h1>
    <p class="lead">${texts.categoryLines[list]}</p>
  </div>
  <div class="list-bar">
    <nav aria-label="${texts.list.filter}"><ul class="filters">
      ${filter('shop/', texts.shopAll, !category)}${categories.map((one) => filter(`shop/${one}/`, texts.categories[one], one === category))}
    </ul></nav>
    <p>${fill(texts.list.count, { n: shown.length })}</p>
  </div>
  ${productGrid(visit, list, shown, 'h2')}
</section>`,
  }
}
