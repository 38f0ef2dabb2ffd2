import { categories } from '../catalog.ts'
import { type Html, html } from '../html.ts'
import { languages } from '../languages.ts'
import { pageUrl, type Visit } from '../request.ts'

export function footer(visit: Visit): Html {
  const { texts, language, path } = visit
  return html`<footer class="footer">
  <div class="footer-columns">
    <div class="footer-about"><p class="logo" aria-hidden="true">ondo<span>°</span></p><p>${texts.footer.about}</p></div>
    <nav aria-labelledby="footer-shop"><h2 id="footer-shop">${texts.footer.shop}</h2><ul>
      ${categories.map((category) => html`<li><a href="${pageUrl(visit, `shop/${category}/`)}">${texts.categories[category]}</a></li>`)}
    </ul></nav>
    <nav aria-labelledby="footer-help"><h2 id="footer-help">${texts.footer.help}</h2><ul>
      <li><a href="${pageUrl(visit, 'order/status/')}">${texts.footer.followOrder}</a></li>
      <li><button type="button" class="link" data-privacy>${texts.footer.privacy}</button></li>
    </ul></nav>
    <nav aria-labelledby="footer-languages"><h2 id="footer-languages">${texts.footer.languages}</h2><ul>
      ${languages.map((other) => html`<li><a href="/${other.code}/${path}" lang="${other.tag}" hreflang="${other.tag}"${other === language ? html` aria-current="true"` : ''}>${other.name}</a></li>`)}
    </ul></nav>
  </div>
  <p class="footer-note">${texts.footer.note}</p>
</footer>`
}

export function privacyDialog({ texts }: Visit): Html {
  const t = texts.privacy
  return html`<dialog class="privacy" id="privacy" aria-labelledby="privacy-title">
  <h2 id="privacy-title">${t.title}</h2>
  <p>${t.text}</p>
  <div class="privacy-choice">
    <button type="button" class="button" data-consent-choice="granted" data-saved="${t.allowed}">${t.allow}</button>
    <button type="button" class="button plain" data-consent-choice="denied" data-saved="${t.denied}">${t.deny}</button>
  </div>
  <p class="privacy-saved" role="status"></p>
  <hr>
  <p>${t.startOverText}</p>
  <div class="privacy-choice">
    <button type="button" class="button plain" data-start-over>${t.startOver}</button>
    <button type="button" class="link" data-close>${t.close}</button>
  </div>
</dialog>`
}
