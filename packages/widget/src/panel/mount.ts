import type { DisplayPosition, SurveyTexts } from '@heed/contract'
import { kit } from './extensions.ts'

/** A page that removes us this often does not want us; going on would be a fight without end. */
const maxReturns = 5
/** What happens inside stays inside: shortcuts of the page, its focus traps and its "click outside to close". */
const ownEvents = ['keydown', 'keypress', 'keyup', 'focusin', 'pointerdown', 'mousedown', 'click']

export interface Mounted {
  root: ShadowRoot
  card: HTMLElement
  /** Says politely what is written into it. */
  status: HTMLElement
  remove(): void
}

/** Puts an empty card above everything else of the page and keeps it there until it is removed. */
export function mount(texts: SurveyTexts, position: DisplayPosition = 'bottom-end'): Mounted {
  const page = document.documentElement
  const host = document.createElement('heed-survey')
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync([...kit._sheets].join(''))
  root.adoptedStyleSheets = [sheet]
  host.className = position
  host.dir = texts.dir
  host.lang = texts.locale
  host.popover = 'manual'
  const add = (role: string) => {
    const element = root.appendChild(document.createElement('div'))
    element.role = role
    return element
  }
  const card = add('dialog')
  card.setAttribute('aria-labelledby', 'q')
  const status = add('status')
  for (const type of ownEvents) host.addEventListener(type, (event) => event.stopPropagation())

  const attach = () => {
    page.append(host)
    // The top layer lies above every z-index; browsers without it fall back to the largest one.
    host.showPopover?.()
  }
  let returns = 0
  // Hotwire and some routers replace what stands below the document's element; we are no part of what they render.
  const observer = new MutationObserver(() => {
    if (!host.isConnected && returns++ < maxReturns) attach()
  })
  observer.observe(page, { childList: true })
  attach()
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
