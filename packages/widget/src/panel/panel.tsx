import { Ending } from './ending.tsx'
import { closeIcon } from './icons.tsx'
import type { PanelModel } from './panel-model.ts'
import { Step } from './step.tsx'

/** Everything inside the card. The close button comes last, so that Tab meets the answers first. */
export function Panel({ model, onClose }: { model: PanelModel; onClose(): void }) {
  return (
    <>
      {model._outcome.value ? (
        <Ending model={model} />
      ) : (
        <Step key={model._question.value.key} model={model} />
      )}
      <button type="button" class="close" aria-label={model._texts.ui.close} onClick={onClose}>
        {closeIcon()}
      </button>
    </>
  )
}
