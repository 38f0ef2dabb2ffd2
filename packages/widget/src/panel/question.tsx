import type { Field } from './field.ts'
import { kindOf } from './kinds.ts'

/** One question: its text, what answers it, and what is wrong with the answer. */
export function Question({ field }: { field: Field }) {
  const { _question: question, _id: id } = field
  const { _View, _isOpen, _isTapped, _isWhole } = kindOf(question)
  const isAsked = _isOpen || (_isTapped && field._isOnPage)
  return (
    <>
      {!_isWhole && (
        <h2 id={`q${id}`} tabIndex={-1}>
          {question.text}
          {isAsked && !question.required && <small> {field._ui.optional}</small>}
        </h2>
      )}
      {/* The rule for an answer may be the complaint about it. */}
      <p id={`hint${id}`}>{question.hint !== field._error && question.hint}</p>
      <_View field={field} />
      <p id={`error${id}`} role="alert">
        {field._error}
      </p>
    </>
  )
}
