import { signal } from '@preact/signals'
import { render } from 'preact'
import { Fragment, jsx, jsxs } from 'preact/jsx-runtime'
import { nextQuestion } from './branch.ts'
import { hooks } from './hooks.ts'
import { icon } from './icons.tsx'
import { kinds } from './kinds.ts'
import { Question } from './question.tsx'
import { Radios, stepsOf, tapped } from './radios.tsx'
import { cardCss } from './styles/card.ts'
import { questionsCss } from './styles/questions.ts'
import type { Look, OpenSurface } from './surface.ts'
import { tooLong, Words } from './words.tsx'

/** What the panel shares with the parts that stand beside it: its own pieces, and where they put theirs. */
export const kit = {
  jsx,
  jsxs,
  Fragment,
  render,
  signal,
  /** How each kind of question is asked. */
  _kinds: kinds,
  _hooks: hooks,
  /** Style sheets, in the order in which they take precedence. Adding one twice is harmless. */
  _sheets: new Set([cardCss, questionsCss]),
  /** Opens every survey once the part of the other surfaces is there. */
  _open: undefined as OpenSurface | undefined,
  /** Paints what the card's own theme leaves out. */
  _look: undefined as Look | undefined,
  _icon: icon,
  _Question: Question,
  _nextQuestion: nextQuestion,
  _Radios: Radios,
  _Words: Words,
  _tooLong: tooLong,
  _stepsOf: stepsOf,
  _tapped: tapped,
}

export type Kit = typeof kit
