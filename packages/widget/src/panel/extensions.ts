import { computed, effect, signal } from '@preact/signals'
import { render } from 'preact'
import { Fragment, jsx, jsxs } from 'preact/jsx-runtime'
import { moreCss } from './more/styles.ts'
import { cardCss } from './styles/card.ts'
import { questionsCss } from './styles/questions.ts'
import type { Look, OpenSurface } from './surface.ts'

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
  /** Opens every survey once the part of the other surfaces is there. */
  _open: undefined as OpenSurface | undefined,
  /** Paints what the card's own theme leaves out. */
  _look: undefined as Look | undefined,
}

export type Kit = typeof kit
