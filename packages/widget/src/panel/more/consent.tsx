import type { QuestionKind } from '../field.ts'
import { box } from './faces.ts'

/** A box beside its own words. It is never ticked beforehand: consent is what the visitor does. */
export const consent: QuestionKind = {
  _isWhole: true,
  _View: ({ field }) => {
    const { _question: question, _id: id, _draft: draft } = field
    return (
      <div class="consent">
        {/* biome-ignore lint/a11y/useSemanticElements: a native checkbox looks different on every page */}
        <button
          id={`c${id}`}
          type="button"
          role="checkbox"
          aria-checked={!!draft}
          aria-labelledby={`q${id}`}
          aria-describedby={`hint${id} error${id}`}
          aria-required={question.required}
          aria-invalid={!!field._error}
          tabIndex={0}
          onClick={() => field._select(!draft)}
        >
          {box()}
        </button>
        <h2 id={`q${id}`} tabIndex={-1}>
          <label for={`c${id}`}>{question.text}</label>
        </h2>
      </div>
    )
  },
  _settle: (value) => !!value,
  _complain: (answer, { required }, ui) => required && !answer && ui.required,
}
