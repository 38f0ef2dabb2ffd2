import { checkIcon } from './icons.tsx'
import type { PanelModel } from './panel-model.ts'

/** Shown when the answer is stored or safely kept on the device, never before. */
export function Ending({ model }: { model: PanelModel }) {
  const texts = model._texts
  return (
    <div class="step ending">
      {checkIcon()}
      <h2 id="q" tabIndex={-1}>
        {model._fill(texts.ending)}
      </h2>
      <p id="hint">{model._outcome.value === 'kept' && texts.ui.kept}</p>
    </div>
  )
}
