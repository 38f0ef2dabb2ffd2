import type { ScreenshotTexts } from '@heed/contract'
import { elementAt, elementsInView, nameOf } from './elements.ts'
import { boxesOf, maskedElements } from './masked.ts'
import { pointCss } from './styles.ts'

/** The card's look, which its shadow tree gives to the card alone. */
const looks =
  '--bg,--fg,--soft,--line,--key,--accent,--on,--ring,--radius,--inner,font-family,color-scheme'.split(',')
/** Around what is pointed at, so that its edge is seen too. */
const gapPx = 5

export interface Pointing {
  /** Covers what is in view of the page, with marks and masks in it. */
  layer: HTMLElement
  /** Whether a picture is to be taken. */
  decided: Promise<boolean>
  end(): void
}

/**
 * Covers the page with a layer on which the visitor points at something, and decides. What is to be unreadable is
 * covered there before anything is captured: no picture of it ever exists.
 */
export function startPointing(texts: ScreenshotTexts, card: HTMLElement): Pointing {
  const root = card.getRootNode() as ShadowRoot
  const add = <Name extends keyof HTMLElementTagNameMap>(to: Node, name: Name, className = '', text = '') => {
    const element = document.createElement(name)
    element.className = className
    element.textContent = text
    to.appendChild(element)
    return element
  }
  const life = new AbortController()
  const { signal } = life
  const sheets = root.adoptedStyleSheets
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(pointCss)
  root.adoptedStyleSheets = [...sheets, sheet]

  const layer = add(root, 'div', 'point')
  const mark = add(layer, 'i', 'mark')
  const tools = add(layer, 'div', 'tools')
  add(tools, 'h2', '', texts.point).id = 'point'
  add(tools, 'p', '', texts.share).id = 'share'
  const label = add(tools, 'label')
  const blur = add(label, 'input')
  add(label, 'span', '', texts.blur)
  const foot = add(tools, 'div', 'foot')
  const cancel = add(foot, 'button', '', texts.cancel)
  const take = add(foot, 'button', 'main', texts.take)
  const status = add(tools, 'div')
  const controls = [blur, cancel, take]

  blur.type = 'checkbox'
  blur.checked = true
  status.role = 'status'
  layer.role = 'dialog'
  layer.ariaModal = 'true'
  layer.setAttribute('aria-labelledby', 'point')
  layer.setAttribute('aria-describedby', 'share')
  // A press beside the tools leaves the keys with us.
  layer.tabIndex = -1
  layer.popover = 'manual'
  const look = getComputedStyle(card)
  for (const name of looks) layer.style.setProperty(name, look.getPropertyValue(name))

  let hovered: Element | undefined
  let chosen: Element | undefined
  let decide!: (isToTake: boolean) => void
  const decided = new Promise<boolean>((resolve) => {
    decide = resolve
  })
  const choose = (element: Element | undefined) => {
    chosen = hovered = element
    status.textContent = nameOf(element)
  }

  const place = (box: HTMLElement, { left, top, width, height }: DOMRect, gap = 0) => {
    box.style.inset = `${top - gap}px auto auto ${left - gap}px`
    box.style.width = `${width + 2 * gap}px`
    box.style.height = `${height + 2 * gap}px`
  }
  const masks: HTMLElement[] = []
  // Nothing tells when a field moves; while somebody points, each frame looks.
  const draw = () => {
    if (signal.aborted) return
    // The page has removed the survey, or it was closed.
    if (!layer.matches(':popover-open')) return decide(false)
    const boxes = maskedElements(document, blur.checked).flatMap(boxesOf)
    boxes.forEach((box, index) => {
      masks[index] ??= layer.insertBefore(document.createElement('i'), mark)
      masks[index].className = 'mask'
      place(masks[index], box)
    })
    for (const spare of masks.splice(boxes.length)) spare.remove()
    const meant = chosen ?? hovered
    mark.hidden = !meant?.isConnected
    if (meant) place(mark, meant.getBoundingClientRect(), gapPx)
    requestAnimationFrame(draw)
  }

  layer.addEventListener('pointermove', (event) => {
    hovered = event.target === layer ? elementAt(event, root.host) : undefined
  })
  layer.addEventListener('click', (event) => {
    if (event.target !== layer) return
    const element = elementAt(event, root.host)
    choose(element === chosen ? undefined : element)
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, shiftKey } = event
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key]
    if (step) {
      const elements = elementsInView()
      // One place more than there are elements: the page as a whole.
      const count = elements.length + 1
      choose(elements[((chosen ? elements.indexOf(chosen) : elements.length) + step + count) % count])
    } else if (key === 'Tab') {
      const at = controls.indexOf(root.activeElement as HTMLInputElement)
      controls[(at + (shiftKey ? 5 : 4)) % 3]?.focus()
    } else if (key === 'Escape') decide(false)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  // Wherever the page has put the focus meanwhile.
  window.addEventListener('keydown', onKeyDown, { capture: true, signal })
  cancel.onclick = () => decide(false)
  take.onclick = () => {
    layer.classList.add('taking')
    decide(true)
  }

  layer.showPopover()
  draw()
  take.focus()
  return {
    layer,
    decided,
    end() {
      life.abort()
      layer.remove()
      root.adoptedStyleSheets = sheets
    },
  }
}
