import type { AnswerValue, QuestionTexts } from '@heed/contract'
import type { Choice, Field, QuestionKind } from '../field.ts'
import { panel } from '../kit.ts'
import { asWords, goToOther, Other } from './other.tsx'

type Free = { other: string }

/** Of all answers to such a question only the free one is an object. */
const freeOf = (value: AnswerValue | undefined) => (typeof value === 'object' ? (value as Free) : undefined)

const choicesOf = ({ options = [], other }: QuestionTexts, free: Free = { other: '' }): Choice[] => [
  ...options.map(({ key, text }) => ({ value: key, face: text })),
  ...(other ? [{ value: free, face: other }] : []),
]

function View({ field }: { field: Field }) {
  const free = freeOf(field._draft)
  return (
    <>
      <panel._Radios
        field={{
          ...field,
          // What is wrong then is the text.
          _error: free ? '' : field._error,
          _choose(value, tapped) {
            if (typeof value !== 'object') return field._choose(value, tapped)
            field._select(value)
            goToOther(tapped)
          },
        }}
        choices={choicesOf(field._question, free)}
        look="list"
      />
      {free && <Other field={field} text={free.other} onInput={(other) => field._select({ other })} />}
    </>
  )
}

/** One of several options, or a word of the visitor's own. */
export const single: QuestionKind = {
  _isTapped: true,
  _View: View,
  _settle(value) {
    const other = freeOf(value)?.other.trim()
    return other === undefined ? value : other ? { other } : undefined
  },
  _complain: (answer, _, ui) => panel._tooLong(freeOf(answer)?.other ?? '', asWords, ui),
  _accept: (given, { options, other }) =>
    options?.some(({ key }) => key === given) || (other && typeof freeOf(given)?.other === 'string')
      ? given
      : undefined,
}
