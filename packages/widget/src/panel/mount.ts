import type { SurveyTexts } from '@heed/contract'
import { kit } from './extensions.ts'
import type { Surface } from './surface.ts'

/** A page that removes us this often does not want us; going on would be a fight without end. */
const maxReturns = 5
/** What happens inside stays inside: shortcuts of the page and its "click outside to close". */
const ownEvents = ['keydown', 'keypress', 'keyup', 'pointerdown', 'mousedown', 'click']

export interface Mounted {
  root: ShadowRoot
  card: HTMLElement
  /** Says politely what is written into it. */
  status: HTMLElement
  remove(): void
}

/** Above everything else of the page. */
export function toTopLayer(host: HTMLElement): void {
  document.documentElement.append(host)
  // The top layer lies above every z-index; browsers without it fall back to the largest one.
  host.popover = 'manual'
  host.showPopover?.()
}

/** Puts an empty card into the page, above everything else of it, and keeps it there until it is removed. */
export function mount(texts: SurveyTexts, { _class, _makeBox, _attach = toTopLayer }: Surface): Mounted {
  const host = document.createElement('heed-survey')
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync([...kit._sheets].join(''))
  root.adoptedStyleSheets = [sheet]
  host.className = _class
  host.dir = texts.dir
  host.lang = texts.locale
  const box = _makeBox?.(root) ?? root
  const add = (role: string) => {
    const element = box.appendChild(document.createElement('div'))
    element.role = role
    return element
  }
  const card = add('dialog')
  card.className = 'card'
  card.setAttribute('aria-labelledby', 'q')
  const status = add('status')
  for (const type of ownEvents) host.addEventListener(type, (event) => event.stopPropagation())

  let returns = 0
  // Hotwire and some routers replace what stands below the document's element; we are no part of what they render.
  const observer = new MutationObserver(() => {
    if (!host.isConnected && returns++ < maxReturns) _attach(host)
  })
  observer.observe(document.documentElement, { childList: true })
  _attach(host)
  return {
    root,
    card,
    status,
    remove() {
      observer.disconnect()
      host.remove()
    },
  }
}
