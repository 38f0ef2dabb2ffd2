import { defaultTextLength, type UiTexts } from '@heed/contract'
import { isSubmitKey } from './enter-key.ts'
import type { Field, QuestionKind } from './field.ts'

/** The number of characters left is shown from here on. */
const nearTheLimit = 100

const count = ({ left, over }: UiTexts, remaining: number) =>
  remaining < 0 && over ? over.replace('{n}', `${-remaining}`) : left.replace('{n}', `${remaining}`)

/**
 * A field for the visitor's own words. Nothing cuts them: `maxlength` would end a composition (Korean, Japanese,
 * Chinese input) in its middle and drop what was pasted, so what is too long stays, is counted and is complained of.
 */
export function Words({ field, ...more }: { field: Field; [attribute: string]: unknown }) {
  const { _question: question, _id: id } = field
  const { maxLength = defaultTextLength, multiline = true } = question
  const text = (field._draft ?? '') as string
  const remaining = maxLength - text.length
  const Tag = (multiline ? 'textarea' : 'input') as 'textarea'
  return (
    <>
      <Tag
        aria-labelledby={`q${id}`}
        aria-describedby={`hint${id} error${id} left${id}`}
        aria-required={question.required}
        aria-invalid={!!field._error}
        placeholder={question.placeholder}
        readOnly={field._isBusy}
        value={text}
        onKeyDown={(event) => {
          if (isSubmitKey(event, multiline)) {
            event.preventDefault()
            field._submit()
          }
        }}
        onInput={({ currentTarget }) => field._select(currentTarget.value)}
        {...more}
      />
      {remaining <= nearTheLimit && !field._error && (
        <p id={`left${id}`} class="left">
          {count(field._ui, remaining)}
        </p>
      )}
    </>
  )
}

/** A complaint about words that are too long, in the units in which the server counts them. */
export const tooLong: NonNullable<QuestionKind['_complain']> = (
  words,
  { maxLength = defaultTextLength },
  ui,
) => {
  const remaining = maxLength - (words as string).length
  return remaining < 0 && count(ui, remaining)
}

/** A question answered in the visitor's own words. */
export const text: QuestionKind = {
  _isOpen: true,
  _View: Words,
  _complain: tooLong,
  _accept: (given) => (typeof given === 'string' ? given : undefined),
}
