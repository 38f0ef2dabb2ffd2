import type { PanelHandle, PanelOptions } from '../panel-interface.ts'
import { kit } from './extensions.ts'
import { mount, toTopLayer } from './mount.ts'
import { openCard } from './open-card.tsx'
import { applyTheme } from './theme.ts'

const pieces = { _openCard: openCard, _mount: mount, _toTopLayer: toTopLayer, _applyTheme: applyTheme }

/**
 * Shows a survey in a corner of the page, or as a sheet at the bottom of a phone, without taking the focus; elsewhere
 * when a part beside the panel knows how.
 */
export function open(options: PanelOptions): PanelHandle {
  for (const part of options.parts ?? []) part.connect(kit as never)
  return kit._open
    ? kit._open(options, pieces)
    : openCard(options, { _class: options.display?.position ?? 'bottom-end' })
}
