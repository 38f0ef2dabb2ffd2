/** What can be typed into, or shows what was chosen from a list. */
const fields = `input:not(${[
  'button',
  'submit',
  'reset',
  'image',
  'checkbox',
  'radio',
  'range',
  'color',
  'hidden',
]
  .map((type) => `[type=${type}]`)
  .join()}),textarea,select,[contenteditable]:not([contenteditable=false]),[role=textbox]`

/**
 * What is never shown: secrets and cards by what their fields say of themselves, what the shop has marked, and frames, as
 * nobody can look into those of a payment service.
 */
const secrets =
  '[type=password],[autocomplete*="password" i],[autocomplete*="cc-" i],[autocomplete*="one-time-code" i],[data-heed-mask],iframe,frame,object,embed'

/** The elements of the page that are to be made unreadable, in open shadow trees too; closed ones nobody can look into. */
export function maskedElements(root: Document | ShadowRoot, withFields: boolean): Element[] {
  const found = [...root.querySelectorAll(withFields ? `${fields},${secrets}` : secrets)]
  // Our own cards are out of sight meanwhile.
  for (const { shadowRoot } of root.querySelectorAll(':not(heed-survey)'))
    if (shadowRoot) found.push(...maskedElements(shadowRoot, withFields))
  return found
}

/** Where an element is in the viewport, and what it holds: that may stand out of it, and is all of `display: contents`. */
export function boxesOf(element: Element): DOMRect[] {
  const contents = document.createRange()
  contents.selectNodeContents(element)
  return [element.getBoundingClientRect(), contents.getBoundingClientRect()]
}
