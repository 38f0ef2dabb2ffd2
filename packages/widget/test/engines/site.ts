import { type Pages, servePages } from '@heed/test-stack'

declare global {
  interface Window {
    /** Lifecycle events of Heed that this page heard, in order. */
    heard: string[]
    /** What went wrong on this page: errors, rejections, violations of its policy. Expected to stay empty. */
    troubles: string[]
    /** Times the page came back from the back/forward cache. */
    returns: number
  }
}

/** What the page does for the test; it stands in the page, as not every protocol can run scripts before the page's. */
const watch = `
  window.heard = []; window.troubles = []; window.returns = 0
  for (const name of ['eligible', 'shown', 'seen', 'started', 'answered', 'completed', 'dismissed', 'stored'])
    document.addEventListener('heed:' + name, () => heard.push(name))
  addEventListener('error', (event) => troubles.push(String(event.message)))
  addEventListener('unhandledrejection', (event) => troubles.push(String(event.reason)))
  addEventListener('securitypolicyviolation', (event) => troubles.push(event.violatedDirective + ' ' + event.blockedURI))
  addEventListener('pageshow', (event) => { if (event.persisted) returns++ })
  window.heed = window.heed || function () { (heed.q = heed.q || []).push(arguments) }`

export interface SiteOptions {
  /** Where the widget comes from. */
  heedUrl: string
  publicKey: string
}

/** A small site: `/` and whatever path, `/strict/...` under a strict policy, `/ar/...` from right to left, `/asking/...` without consent. */
export function serveSite({ heedUrl, publicKey }: SiteOptions): Promise<Pages> {
  return servePages((path) => {
    if (path === '/favicon.ico') return undefined
    const isArabic = path.startsWith('/ar')
    const consent = path.startsWith('/asking') ? '' : 'data-consent="granted"'
    const body = `<!doctype html><html ${isArabic ? 'lang="ar" dir="rtl"' : 'lang="en"'}><head><title>${path}</title>
      <meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
      <script nonce="n1">${watch}</script>
      <script nonce="n1" async src="${heedUrl}/${publicKey}/heed.js" ${consent}></script></head>
      <body><h1>Shop</h1><p><a href="/other">Other</a> <button id="own">Own</button></p>
      ${'<p>Goods</p>'.repeat(60)}</body></html>`
    const policy = [
      "default-src 'none'",
      `script-src 'nonce-n1' ${heedUrl}`,
      `connect-src ${heedUrl}`,
      'img-src data:',
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; ')
    return { body, ...(path.startsWith('/strict') && { headers: { 'content-security-policy': policy } }) }
  })
}
