/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** Something to act on inside the widget, as somebody would describe it who cannot see it. */
export interface InSurvey {
  /** ARIA role, the element's own one included. */
  role: string
  /** Part of its accessible name. */
  name?: string
  /** Which one of several. @default 0 */
  nth?: number
}

/**
 * The visible elements of every open survey that fit. Runs in the page, so it stands for itself; WebDriver and BiDi find
 * nothing by role inside a shadow tree.
 */
export function findInSurvey({ role, name = '', nth = 0 }: InSurvey): Element | undefined {
  const own: Record<string, string> = {
    BUTTON: 'button',
    TEXTAREA: 'textbox',
    H2: 'heading',
    A: 'link',
    DIALOG: 'dialog',
    SELECT: 'combobox',
  }
  const roleOf = (element: Element) => {
    const given = element.getAttribute('role') ?? own[element.tagName]
    if (given || element.tagName !== 'INPUT') return given
    const { type } = element as HTMLInputElement
    return type === 'checkbox' || type === 'radio' ? type : 'textbox'
  }
  const nameOf = (element: Element) => {
    const root = element.getRootNode() as ShadowRoot
    const labels = (element.getAttribute('aria-labelledby') ?? '').split(' ')
    return (
      element.getAttribute('aria-label') ??
      (labels.map((id) => (id && root.getElementById(id)?.textContent) || '').join(' ') ||
        (element as HTMLInputElement).labels?.[0]?.textContent ||
        element.textContent ||
        '')
    )
  }
  const isThere = (element: Element) =>
    roleOf(element) === role && nameOf(element).includes(name) && element.getBoundingClientRect().width > 0
  const found: Element[] = []
  for (const host of document.querySelectorAll('*')) {
    if (!host.localName.startsWith('heed-')) continue
    for (const element of host.shadowRoot?.querySelectorAll('*') ?? [])
      if (isThere(element)) found.push(element)
  }
  return found[nth]
}
