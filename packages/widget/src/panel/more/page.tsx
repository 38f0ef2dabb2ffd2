import type { QuestionTexts } from '@heed/contract'
import { panel } from '../kit.ts'
import type { PanelModel } from '../panel-model.ts'

/**
 * The questions that the answers so far lead to. What follows a question that must be answered first, and branches,
 * waits for its answer.
 */
function wayOf(model: PanelModel): QuestionTexts[] {
  const way: QuestionTexts[] = []
  let question: QuestionTexts | undefined = model._question.value
  while (question) {
    way.push(question)
    const answer = model._settled(question)
    if (answer === undefined && question.required && question.next) break
    question = panel._nextQuestion(model._questions, question, answer)
  }
  return way
}

/** All questions at once, and one button for all of them. */
export function Page({ model }: { model: PanelModel }) {
  const { ui } = model._texts
  const way = wayOf(model)
  const send = () => {
    if (!model._isBusy.value && model._check(way)) model._finish(way, '')
  }
  return (
    <div class="step page" aria-busy={model._isBusy.value}>
      {way.map((question, index) => {
        const field = model._field(question, index ? `${index}` : '')
        return (
          <section key={question.key}>
            <panel._Question field={{ ...field, _isOnPage: true, _choose: field._select, _submit: send }} />
          </section>
        )
      })}
      <p role="alert">{model._errors.value['']}</p>
      <div class="foot">
        <button type="button" class="main" onClick={send}>
          {model._hasFailed() ? ui.retry : ui.send}
        </button>
      </div>
    </div>
  )
}
