import { Comment } from './comment.tsx'
import type { PanelModel } from './panel-model.ts'
import { Scale } from './scale.tsx'

/** One question: its text, what answers it, what is wrong with the answer, and where to go from here. */
export function Step({ model }: { model: PanelModel }) {
  const question = model._question.value
  const { ui } = model._texts
  const isText = question.kind === 'text'
  return (
    <div class="step" aria-busy={model._isBusy.value}>
      <h2 id="q" tabIndex={-1}>
        {question.text}
        {isText && !question.required && <small> {ui.optional}</small>}
      </h2>
      <p id="hint">{question.hint}</p>
      {isText ? <Comment model={model} /> : <Scale model={model} />}
      <p id="error" role="alert">
        {model._error.value}
      </p>
      <div class="foot">
        {model._canGoBack() && (
          <button type="button" class="back" onClick={model._back}>
            {ui.back}
          </button>
        )}
        {!question.required && (
          <button type="button" onClick={model._skip}>
            {ui.skip}
          </button>
        )}
        {(isText || model._isTentative.value) && (
          <button type="button" class="main" onClick={model._submit}>
            {model._hasFailed() ? ui.retry : model._isLast() ? ui.send : ui.next}
          </button>
        )}
      </div>
    </div>
  )
}
