import type { AnswerValue } from '@heed/contract'
import type { Field, QuestionKind } from '../field.ts'
import { panel } from '../kit.ts'
import { box } from './faces.ts'
import { asWords, goToOther, Other } from './other.tsx'

interface Ticked {
  keys: string[]
  /** The free choice; there, and perhaps empty, when it is ticked. */
  other?: string | undefined
}

const read = (value: AnswerValue | undefined): Ticked =>
  Array.isArray(value) ? { keys: value } : ((value ?? { keys: [] }) as Ticked)

function View({ field }: { field: Field }) {
  const { _question: question, _id: id } = field
  const { options = [], other: otherText } = question
  const { keys, other } = read(field._draft)
  const select = (ticked: Ticked) => field._select(ticked as AnswerValue)

  function toggle(key: string | undefined, button: HTMLElement) {
    if (key !== undefined) {
      const others = keys.filter((one) => one !== key)
      select({ keys: others.length < keys.length ? others : [...keys, key], other })
    } else {
      select({ keys, other: other === undefined ? '' : undefined })
      if (other === undefined) goToOther(button)
    }
  }

  const checkbox = (text: string, isTicked: boolean, key?: string) => (
    // A native checkbox cannot be drawn so that it looks the same on every page.
    // biome-ignore lint/a11y/useSemanticElements: see above
    <button
      key={key}
      type="button"
      role="checkbox"
      aria-checked={isTicked}
      tabIndex={0}
      onClick={({ currentTarget }) => toggle(key, currentTarget)}
    >
      {box()}
      <span>{text}</span>
    </button>
  )

  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is named by its legend only */}
      <div
        class="scale single list"
        role="group"
        aria-labelledby={`q${id}`}
        aria-describedby={`hint${id} error${id}`}
        aria-invalid={!!field._error}
        onKeyDown={(event) => {
          if (event.altKey || event.ctrlKey || event.metaKey) return
          const named = event.currentTarget.children['1234567890'.indexOf(event.key)] as
            | HTMLElement
            | undefined
          named?.focus()
          named?.click()
        }}
      >
        {options.map(({ key, text }) => checkbox(text, keys.includes(key), key))}
        {otherText && checkbox(otherText, other !== undefined)}
      </div>
      {other !== undefined && (
        <Other field={field} text={other} onInput={(words) => select({ keys, other: words })} />
      )}
    </>
  )
}

/** Any of several options, and a word of the visitor's own. */
export const multiple: QuestionKind = {
  _isOpen: true,
  _View: View,
  _settle(value) {
    const { keys, other: words } = read(value)
    const other = words?.trim()
    return other ? { keys, other } : keys.length ? keys : undefined
  },
  _complain(answer, { min = 0, max = Infinity }, ui) {
    const { keys, other } = read(answer)
    const count = keys.length + +!!other
    return count < min
      ? ui.tooFew?.replace('{n}', `${min}`)
      : count > max
        ? ui.tooMany?.replace('{n}', `${max}`)
        : other && panel._tooLong(other, asWords, ui)
  },
  _accept(given, { options = [], other }) {
    const ticked = read(typeof given === 'string' ? [given] : given)
    const isKnown =
      Array.isArray(ticked.keys) &&
      ticked.keys.every(
        (given, at) => options.some(({ key }) => key === given) && ticked.keys.indexOf(given) === at,
      )
    return isKnown && (ticked.other === undefined || (other && typeof ticked.other === 'string'))
      ? (ticked as AnswerValue)
      : undefined
  },
}
