import { Ending } from './ending.tsx'
import { hooks } from './hooks.ts'
import { closeIcon } from './icons.tsx'
import type { PanelModel } from './panel-model.ts'
import { Step } from './step.tsx'

/** Everything inside the card. The close button comes last, so that Tab meets the answers first. */
export function Panel({ model, onClose }: { model: PanelModel; onClose(): void }) {
  const { layout, ui } = model._texts
  return (
    <>
      {model._outcome.value ? (
        <Ending model={model} />
      ) : layout && hooks._Page ? (
        <hooks._Page model={model} />
      ) : (
        <Step key={model._question.value.key} model={model} />
      )}
      <button type="button" class="close" aria-label={ui.close} onClick={onClose}>
        {closeIcon()}
      </button>
    </>
  )
}
