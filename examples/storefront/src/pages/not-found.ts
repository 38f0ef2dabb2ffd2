import { html } from '../html.ts'
import { pageUrl, type Visit } from '../request.ts'
import type { Page } from './page.ts'

export function notFoundPage(visit: Visit): Page {
  const t = visit.texts.notFound
  return {
    title: t.title,
    status: 404,
    main: html`<section class="section empty"><h1>${t.title}</h1><p class="lead">${t.text}</p><p><a class="button" href="${pageUrl(visit)}">${t.cta}</a></p></section>`,
  }
}
