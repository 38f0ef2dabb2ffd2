import type { OpenSurface } from '../surface.ts'
import { openBar } from './bar.ts'
import { openButton } from './button.ts'
import { frame } from './frame.tsx'
import { openInline } from './inline.ts'
import { openModal } from './modal.ts'
import { openPage } from './page.ts'

const openPopover: OpenSurface = (options, pieces) =>
  pieces._openCard(...frame(options, { _class: options.display?.position ?? 'bottom-end' }, true))

const surfaces: Record<string, OpenSurface> = {
  bar: openBar,
  button: openButton,
  inline: openInline,
  modal: openModal,
  page: openPage,
}

/** Opens a survey where its display says; in a corner when that is a kind this widget does not know. */
export const openSurface: OpenSurface = (options, pieces) =>
  (surfaces[options.display?.kind ?? ''] ?? openPopover)(options, pieces)
