import { hooks } from './hooks.ts'
import { kindOf } from './kinds.ts'
import type { PanelModel } from './panel-model.ts'
import { Question } from './question.tsx'

/** One question after the other: how far it is, the question, and where to go from here. */
export function Step({ model }: { model: PanelModel }) {
  const question = model._question.value
  const { ui } = model._texts
  const { _isTapped, _isOpen, _isWhole } = kindOf(question)
  return (
    <div class="step" aria-busy={model._isBusy.value}>
      {hooks._Progress && <hooks._Progress model={model} />}
      <Question field={model._field(question)} />
      <div class="foot">
        {model._canGoBack() && (
          <button type="button" class="back" onClick={model._back}>
            {ui.back}
          </button>
        )}
        {(_isTapped || _isOpen) && !question.required && (
          <button type="button" onClick={model._skip}>
            {ui.skip}
          </button>
        )}
        {(!_isTapped || model._isTentative.value) && (
          <button type="button" class="main" onClick={model._submit}>
            {model._hasFailed()
              ? ui.retry
              : !model._isLast()
                ? ui.next
                : // What is only read gives nothing to send, unless something was asked before.
                  _isTapped || _isOpen || _isWhole || model._canGoBack()
                  ? ui.send
                  : ui.close}
          </button>
        )}
      </div>
    </div>
  )
}
