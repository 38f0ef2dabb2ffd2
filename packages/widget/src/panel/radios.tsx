import type { QuestionTexts } from '@heed/contract'
import type { ComponentChild } from 'preact'
import type { Choice, Field, QuestionKind } from './field.ts'
import { radioTarget } from './radio-keys.ts'

/** How radios are drawn: the steps of a scale as `numbers`, `stars` or `smileys`, worded options as a `list`. */
export type Look = 'numbers' | 'stars' | 'smileys' | 'list'

/** The steps of a scale from `first` on, worded at its ends or, where it names them, at each of them. */
export const stepsOf = (
  { labels: [low, high] = ['', ''], options = [] }: QuestionTexts,
  first: number,
  count: number,
  face: (step: number) => ComponentChild = (step) => step,
): Choice[] =>
  [...Array(count)].map((_, index) => ({
    value: first + index,
    wording: (index ? (index > count - 2 ? high : '') : low) || options[index]?.text,
    face: face(first + index),
  }))

/** What every question is drawn with that is answered by one of a few choices. */
export function Radios({ field, choices, look }: { field: Field; choices: Choice[]; look: Look }) {
  const { _question: question, _id: id, _draft: draft } = field
  const isList = look === 'list'
  const selected = choices.findIndex(({ value }) => value === draft)
  const at = Math.max(selected, 0)
  const low = choices[0]?.wording
  const high = choices[choices.length - 1]?.wording

  function onKeyDown(event: KeyboardEvent & { currentTarget: HTMLElement }) {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const target = radioTarget(event.key, at, choices.length, +!!choices[0]?.value, field._isRtl) ?? -1
    const choice = choices[target]
    if (!choice) return
    event.preventDefault()
    field._select(choice.value)
    ;(event.currentTarget.children[target] as HTMLElement).focus()
  }

  return (
    <>
      <div
        class={`scale ${question.kind} ${look}`}
        role="radiogroup"
        aria-labelledby={`q${id}`}
        aria-describedby={`hint${id} error${id}`}
        aria-required={question.required}
        aria-invalid={!!field._error}
        onKeyDown={onKeyDown}
      >
        {choices.map(({ value, wording, face }, index) => (
          // A native radio changes with the arrow keys too, so it cannot tell choosing from giving the answer.
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/correctness/useJsxKeyInIterable: radios stay where they are, and keys are bytes
          <button
            type="button"
            role="radio"
            aria-checked={index === selected}
            aria-label={isList ? undefined : wording ? `${value}, ${wording}` : `${value}`}
            tabIndex={index === at ? 0 : -1}
            onClick={({ currentTarget }) => field._choose(value, currentTarget)}
          >
            {face}
          </button>
        ))}
      </div>
      {!isList && (low || high) && (
        <div class="ends">
          <span>{low}</span>
          <span>{high}</span>
        </div>
      )}
    </>
  )
}

/** A kind of question that a tap on one of `choicesOf` answers. */
export const tapped = (
  choicesOf: (question: QuestionTexts) => Choice[],
  lookOf: (question: QuestionTexts) => Look = () => 'numbers',
): QuestionKind => ({
  _isTapped: true,
  _View: ({ field }) => (
    <Radios field={field} choices={choicesOf(field._question)} look={lookOf(field._question)} />
  ),
  // A link carries text only.
  _accept: (given, question) => choicesOf(question).find(({ value }) => `${value}` === `${given}`)?.value,
})
