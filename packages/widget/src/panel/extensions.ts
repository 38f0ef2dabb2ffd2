import { computed, effect, signal } from '@preact/signals'
import { render } from 'preact'
import { Fragment, jsx, jsxs } from 'preact/jsx-runtime'
import { panelCss } from './styles.ts'

/** How each kind of question is drawn and each kind of display is mounted; extensions add theirs. */
export const kit = {
  jsx,
  jsxs,
  Fragment,
  render,
  effect,
  computed,
  signal,
  _sheets: [panelCss],
}

export type Kit = typeof kit
