import type { QuestionTexts, SurveyTexts } from '@heed/contract'
import * as more from '../../../src/entries/more.ts'
import { open } from '../../../src/panel/open.ts'
import type { PanelOptions } from '../../../src/panel-interface.ts'
import { hostThat, surveyOf } from '../survey.ts'

/** A survey that is being asked with the rarer kinds of questions, and what the visitor does to it. */
export function ask(
  questions: QuestionTexts[],
  options: Partial<PanelOptions> & { texts?: SurveyTexts } = {},
) {
  const host = hostThat()
  const handle = open({ texts: surveyOf(...questions), host, parts: [more], ...options })
  const root = document.querySelector('heed-survey')?.shadowRoot as ShadowRoot
  const find = <Found extends HTMLElement>(selector: string) => root.querySelector(selector) as Found
  return {
    host,
    handle,
    root,
    find,
    all: (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)],
    type(selector: string, text: string) {
      const field = find<HTMLInputElement>(selector)
      field.value = text
      field.dispatchEvent(new Event('input', { bubbles: true }))
    },
    press: (key: string, init: KeyboardEventInit = {}) =>
      root.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init }),
      ),
    errors: () =>
      [...root.querySelectorAll('[role=alert]')].map((alert) => alert.textContent).filter(Boolean),
    /** The answers as they were given last. */
    given: () => host.saved.at(-1)?.answers,
  }
}
