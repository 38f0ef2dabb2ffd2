// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createTriggers } from '../../../src/panel/surfaces/triggers.ts'

const ariaOf = (element: Element) => [
  element.getAttribute('aria-haspopup'),
  element.getAttribute('aria-expanded'),
]
const add = (html: string) => {
  document.body.innerHTML = html
  return document.body.firstElementChild as HTMLElement
}

afterEach(() => document.body.replaceChildren())

describe('what opens the form', () => {
  it('says that it opens a dialog, and whether that is open', () => {
    const link = add('<a href="/contact">Feedback</a>')
    const triggers = createTriggers(() => {})
    triggers._add(link)
    expect(ariaOf(link)).toEqual(['dialog', 'false'])
    triggers._tell(true)
    expect(ariaOf(link)).toEqual(['dialog', 'true'])
  })

  it('leads nowhere else, and is pressed once per press however often it was found', () => {
    const link = add('<a href="/contact">Feedback</a>')
    const pressed = vi.fn()
    const triggers = createTriggers(pressed)
    triggers._add(link)
    triggers._add(link)
    const press = new MouseEvent('click', { bubbles: true, cancelable: true })
    link.dispatchEvent(press)
    expect([press.defaultPrevented, pressed.mock.calls]).toEqual([true, [[link, false]]])
  })

  it('knows when it is found while the form is open', () => {
    const triggers = createTriggers(() => {})
    triggers._tell(true)
    const late = add('<button>Feedback</button>')
    triggers._add(late)
    expect(ariaOf(late)).toEqual(['dialog', 'true'])
  })

  it('is left as the page had it', () => {
    const menu = add('<button aria-haspopup="menu" aria-expanded="true">Help</button>')
    const pressed = vi.fn()
    const triggers = createTriggers(pressed)
    triggers._add(menu)
    triggers._restore()
    menu.click()
    expect([ariaOf(menu), pressed.mock.calls]).toEqual([['menu', 'true'], []])
  })
})
