import { dataLayerScript, pageView } from './data-layer.ts'
import { html, trusted } from './html.ts'
import { languages } from './languages.ts'
import type { Page } from './pages/page.ts'
import { footer, privacyDialog } from './parts/footer.ts'
import { checkoutHeader, header } from './parts/header.ts'
import type { Visit } from './request.ts'

/** The feedback script of this shop, if it has one. */
export interface EmbeddedScript {
  /** Address of the loader: `https://feedback.example.com/pk_.../heed.js`. */
  src: string
  /** Further attributes of the tag, instead of `data-consent`. */
  attributes?: Record<string, string>
}

interface Surroundings {
  nonce: string
  script: EmbeddedScript | undefined
  /** The public files' addresses with their version. */
  asset: (path: string) => string
}

/** The whole document. */
export function documentOf(visit: Visit, page: Page, { nonce, script, asset }: Surroundings): string {
  const { language, texts, path } = visit
  const title = `${page.title} · ondo`
  const attributes = Object.entries(script?.attributes ?? { 'data-consent': visit.consent })
  return html`<!doctype html>
<html lang="${language.tag}" dir="${language.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${texts.home.lead}">
<meta name="theme-color" content="#f7f3ec">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${asset('/shop.css')}">
${languages.map((other) => html`<link rel="alternate" hreflang="${other.tag}" href="/${other.code}/${path}">`)}
<script nonce="${nonce}">${trusted(dataLayerScript([pageView(visit, title), ...(page.tells ?? [])]))}</script>
<script defer src="${asset('/shop.js')}"></script>
${script && html`<script async src="${script.src}"${attributes.map(([name, value]) => html` ${name}="${value}"`)}></script>`}
</head>
<body data-format="${language.format}" data-currency="${language.currency}">
<a class="skip" href="#main">${texts.skip}</a>
${page.step === undefined ? header(visit) : checkoutHeader(visit, page.step)}
<main id="main" tabindex="-1">${page.main}</main>
${footer(visit)}
<div class="added" role="status" data-added data-text="${texts.product.added}"><p></p><a href="/${language.code}/cart/" hidden>${texts.product.viewCart}</a></div>
${privacyDialog(visit)}
</body>
</html>`.markup
}
