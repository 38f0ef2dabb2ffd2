import { checkIcon } from './icons.tsx'
import type { PanelModel } from './panel-model.ts'

/** Shown when the answer is stored or safely kept on the device, never before. */
export function Ending({ model }: { model: PanelModel }) {
  const { ending, ui } = model._texts
  return (
    <div class="step ending">
      {checkIcon()}
      <h2 id="q" tabIndex={-1}>
        {ending || ui.thanks}
      </h2>
      <p id="hint">{model._outcome.value === 'kept' && ui.kept}</p>
    </div>
  )
}
