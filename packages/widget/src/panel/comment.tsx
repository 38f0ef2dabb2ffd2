import { defaultTextLength } from '@heed/contract'
import { submitOnEnter } from './enter-key.ts'
import type { PanelModel } from './panel-model.ts'

/** The number of characters left is shown from here on. */
const nearTheLimit = 100

/** A question answered in the visitor's own words. */
export function Comment({ model }: { model: PanelModel }) {
  const question = model._question.value
  const { ui } = model._texts
  const maxLength = question.maxLength ?? defaultTextLength
  const text = (model._draft.value ?? '') as string
  const remaining = maxLength - text.length
  return (
    <>
      <textarea
        aria-labelledby="q"
        aria-describedby="hint error"
        aria-required={question.required}
        aria-invalid={!!model._error.value}
        placeholder={question.placeholder}
        maxLength={maxLength}
        readOnly={model._isBusy.value}
        value={text}
        onKeyDown={submitOnEnter(model)}
        onInput={({ currentTarget }) => model._select(currentTarget.value)}
      />
      {remaining <= nearTheLimit && <p class="left">{ui.left.replace('{n}', `${remaining}`)}</p>}
    </>
  )
}
