import type * as signals from '@preact/signals'
import type * as preact from 'preact'
import type * as runtime from 'preact/jsx-runtime'
import type { Kit } from './extensions.ts'

/**
 * In the parts that stand beside the panel the build puts this in place of preact and signals: the panel has both, and
 * hands them over when it connects a part. Members of the same names, so that the parts are written like the panel.
 */
export let jsx: typeof runtime.jsx
export let jsxs: typeof runtime.jsxs
export let Fragment: typeof runtime.Fragment
export let render: typeof preact.render
export let signal: typeof signals.signal
/** What the panel shares of its own. */
export let panel: Kit

export const setKit = (given: Kit): void => {
  panel = given
  ;({ jsx, jsxs, Fragment, render, signal } = given)
}
