import { computed, effect, signal } from '@preact/signals'
import { render } from 'preact'
import { Fragment, jsx, jsxs } from 'preact/jsx-runtime'
import { moreCss } from './more/styles.ts'
import { cardCss } from './styles/card.ts'
import { questionsCss } from './styles/questions.ts'

/** How each kind of question is drawn and each kind of display is mounted; extensions add theirs. */
export const kit = {
  jsx,
  jsxs,
  Fragment,
  render,
  effect,
  computed,
  signal,
  /** Style sheets, in the order in which they take precedence. Adding one twice is harmless. */
  _sheets: new Set([cardCss, questionsCss, moreCss]),
}

export type Kit = typeof kit
