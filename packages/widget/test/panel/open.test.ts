// @vitest-environment happy-dom
import type { SurveyTexts } from '@heed/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { open } from '../../src/panel/open.ts'
import type { PanelHandle } from '../../src/panel-interface.ts'
import { hostThat, nps, praise, surveyOf, why } from './survey.ts'

// As in the bundle.
vi.mock('@preact/signals', () => import('../../src/panel/signals.ts'))

let handle: PanelHandle | undefined
let before: HTMLButtonElement

beforeEach(() => {
  vi.useFakeTimers()
  // What happy-dom lacks and the panel only listens to.
  vi.stubGlobal('visualViewport', Object.assign(new EventTarget(), { height: 800, offsetTop: 0, scale: 1 }))
  before = document.body.appendChild(document.createElement('button'))
  before.focus()
})
afterEach(() => {
  handle?.close()
  handle = undefined
  document.body.replaceChildren()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function show(texts: SurveyTexts, host = hostThat()) {
  const closed = vi.fn()
  handle = open({ display: { kind: 'popover' }, texts, host: { ...host, closed } })
  return { host, closed }
}
const survey = surveyOf(nps, why, praise)
const element = () => document.querySelector('heed-survey')
const root = () => element()?.shadowRoot as ShadowRoot
const find = <Found extends HTMLElement>(selector: string) => root().querySelector(selector) as Found
const radios = () => [...root().querySelectorAll<HTMLElement>('[role=radio]')]
const focused = () => root().activeElement
const press = (key: string, init: KeyboardEventInit = {}) =>
  focused()?.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init }),
  )
const settle = () => vi.advanceTimersByTimeAsync(1000)

describe('opening', () => {
  it('leaves the focus where it was and says the question politely', async () => {
    show(survey)
    expect(document.activeElement).toBe(before)
    await settle()
    expect(find('[role=status]').textContent).toBe(nps.text)
  })

  it('is a dialog named by its question, which blocks nothing', () => {
    show(survey)
    const dialog = find('[role=dialog]')
    expect(find(`#${dialog.getAttribute('aria-labelledby')}`).textContent).toBe(nps.text)
    expect(dialog.hasAttribute('aria-modal')).toBe(false)
  })

  it('writes in the direction and language of the texts', () => {
    show({ ...survey, dir: 'rtl', locale: 'ar' })
    expect([element()?.getAttribute('dir'), element()?.getAttribute('lang')]).toEqual(['rtl', 'ar'])
  })

  it('ends at once, unseen and undismissed, when it knows none of the questions', () => {
    const { host, closed } = show(surveyOf({ key: 'x', kind: 'hologram', text: '?' }))
    expect([element(), host.reported, closed.mock.calls.length]).toEqual([null, [], 1])
  })
})

describe('a group of radios', () => {
  it('has one stop for Tab and names both ends of the scale', () => {
    show(survey)
    expect(radios().map((radio) => radio.tabIndex)).toEqual([0, ...Array(10).fill(-1)])
    expect(radios().at(0)?.getAttribute('aria-label')).toBe('0, Not at all likely')
    expect(radios().at(10)?.getAttribute('aria-label')).toBe('10, Extremely likely')
    expect(radios().at(5)?.getAttribute('aria-label')).toBe('5')
  })

  it('moves selection, focus and Tab stop together by keyboard, without giving the answer', () => {
    const { host } = show(survey)
    radios()[0]?.focus()
    press('9')
    press('ArrowRight')
    expect(focused()).toBe(radios()[10])
    expect(
      radios()
        .map((radio) => radio.getAttribute('aria-checked'))
        .indexOf('true'),
    ).toBe(10)
    expect(
      radios()
        .map((radio) => radio.tabIndex)
        .indexOf(0),
    ).toBe(10)
    expect(host.saved).toEqual([])
  })

  it('leaves keys with a modifier to the browser', () => {
    show(survey)
    radios()[0]?.focus()
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey']) press('9', { [modifier]: true })
    expect(root().querySelector('[aria-checked=true]')).toBeNull()
  })
})

describe('going on', () => {
  it('takes the focus along when it was inside', async () => {
    show(survey)
    radios()[3]?.focus()
    radios()[3]?.click()
    await settle()
    expect(focused()?.localName).toBe('textarea')
  })

  it('opens no on-screen keyboard for a visitor who taps: the question has the focus, not its field', async () => {
    show(survey)
    radios()[3]?.focus()
    radios()[3]?.dispatchEvent(new PointerEvent('pointerdown', { pointerType: 'touch', bubbles: true }))
    radios()[3]?.click()
    await settle()
    expect(focused()?.id).toBe('q')
  })

  it('only says the next question when the focus was elsewhere', async () => {
    show(survey)
    radios()[3]?.click()
    await settle()
    expect(document.activeElement).toBe(before)
    expect(find('[role=status]').textContent).toContain(why.text)
  })

  it('tells what is needed in an alert and goes to the field', async () => {
    show(surveyOf({ ...why, required: true }))
    find('.main').click()
    expect(find('[role=alert]').textContent).toBe(survey.ui.required)
    expect(focused()?.localName).toBe('textarea')
    expect(find('textarea').getAttribute('aria-invalid')).toBe('true')
  })

  it('keeps the text and offers another try when nothing could be sent', async () => {
    show(surveyOf(why), hostThat('unsent'))
    const field = find<HTMLTextAreaElement>('textarea')
    field.value = 'Never arrived'
    field.dispatchEvent(new Event('input', { bubbles: true }))
    find('.main').click()
    await settle()
    expect([find<HTMLTextAreaElement>('textarea').value, find('.main').textContent]).toEqual([
      'Never arrived',
      survey.ui.retry,
    ])
    expect(find('[role=alert]').textContent).toBe(survey.ui.notSent)
  })

  it('counts the characters only near the limit', () => {
    show(surveyOf({ ...why, maxLength: 150 }))
    const field = find<HTMLTextAreaElement>('textarea')
    const type = (text: string) => {
      field.value = text
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
    type('x'.repeat(49))
    expect(root().querySelector('.left')).toBeNull()
    type('x'.repeat(140))
    expect(find('.left').textContent).toBe('Characters left: 10')
  })

  it('keeps what is too long, says by how much, and does not send it', () => {
    const { host } = show(surveyOf({ ...why, maxLength: 5 }))
    const field = find<HTMLTextAreaElement>('textarea')
    field.value = ' 123456\n7 '
    field.dispatchEvent(new Event('input', { bubbles: true }))
    expect(find('.left').textContent).toBe('Characters over the limit: 5')
    find('.main').click()
    // The space around it is not stored, and not counted.
    expect(find('[role=alert]').textContent).toBe('Characters over the limit: 3')
    expect([field.value, host.saved]).toEqual([' 123456\n7 ', []])
  })
})

describe('leaving', () => {
  it('closes by Escape only from inside, gives the focus back and reports it once', () => {
    const { host, closed } = show(survey)
    before.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    expect(element()).not.toBeNull()
    // happy-dom tells no `relatedTarget`, browsers do.
    radios()[0]?.focus()
    radios()[0]?.dispatchEvent(
      new FocusEvent('focusin', { relatedTarget: before, bubbles: true, composed: true }),
    )
    press('Escape')
    handle?.close()
    expect([element(), document.activeElement]).toEqual([null, before])
    expect([host.reported, closed.mock.calls.length]).toEqual([['shown', 'dismissed'], 1])
  })

  it('does not take Escape from a composition', () => {
    show(survey)
    radios()[0]?.focus()
    press('Escape', { isComposing: true })
    expect(element()).not.toBeNull()
  })

  it('thanks a pointer for a while and then leaves by itself', async () => {
    const { host, closed } = show(surveyOf({ ...nps, next: { '*': 'end' } }))
    radios()[9]?.click()
    await settle()
    expect(find('h2').textContent).toBe('Thank you')
    await vi.advanceTimersByTimeAsync(10_000)
    expect([element(), closed.mock.calls.length, host.reported]).toEqual([null, 1, ['shown', 'started']])
  })

  it('stays with the thanks as long as the focus is inside', async () => {
    show(surveyOf({ ...nps, next: { '*': 'end' } }))
    radios()[9]?.focus()
    radios()[9]?.click()
    await settle()
    expect(focused()?.id).toBe('q')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(element()).not.toBeNull()
    before.focus()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(element()).toBeNull()
  })

  it('tells when the answer waits on the device', async () => {
    show(surveyOf({ ...nps, next: { '*': 'end' } }), hostThat('kept'))
    radios()[9]?.click()
    await settle()
    expect(find('#hint').textContent).toBe(survey.ui.kept)
  })
})

describe('on somebody else’s page', () => {
  it('comes back when the page removes it, but not for ever', async () => {
    show(survey)
    await vi.advanceTimersByTimeAsync(0)
    for (let removal = 0; removal < 5; removal += 1) {
      element()?.remove()
      await vi.advanceTimersByTimeAsync(0)
      expect(element(), `after removal ${removal + 1}`).not.toBeNull()
    }
    element()?.remove()
    await vi.advanceTimersByTimeAsync(0)
    expect(element()).toBeNull()
  })

  it('keeps its keys and clicks from the page’s shortcuts and "click outside" handlers', () => {
    const heard = vi.fn()
    for (const type of ['keydown', 'click', 'pointerdown']) document.addEventListener(type, heard)
    show(survey)
    radios()[0]?.focus()
    press('9')
    find('.main').click()
    expect(heard).not.toHaveBeenCalled()
    for (const type of ['keydown', 'click', 'pointerdown']) document.removeEventListener(type, heard)
  })
})
