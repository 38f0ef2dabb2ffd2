/** The page's own bundle: React takes over the whole document when the page says so. */
import { createElement } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { Shop } from './shop.ts'

declare global {
  interface Window {
    hydrate(): void
    /** What React had to mend, said as its errors. */
    mended: string[]
  }
}

window.mended = []
window.hydrate = () => {
  hydrateRoot(document, createElement(Shop, { head: document.head.innerHTML }), {
    onRecoverableError: (error) => window.mended.push(String(error)),
  })
}
