import type { PanelModel } from '../panel-model.ts'
import { longestWay } from './longest-way.ts'

/** Shorter surveys are over before it would have told anything. */
const fewest = 3

/**
 * A thin line above the question. It counts the longest way that is left: a branch may shorten it, nothing makes it
 * longer, so it never goes back while the visitor goes on.
 */
export function Progress({ model }: { model: PanelModel }) {
  const words = model._texts.ui.progress
  const at = model._trail.value.length
  const count = at - 1 + longestWay(model._questions, model._question.value)
  if (!words || count < fewest) return null
  return (
    <progress value={at} max={count} aria-label={words.replace('{n}', `${at}`).replace('{m}', `${count}`)} />
  )
}
