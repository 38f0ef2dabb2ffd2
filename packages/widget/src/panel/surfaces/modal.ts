import type { PanelHandle } from '../../panel-interface.ts'
import type { OpenSurface, Surface } from '../surface.ts'
import { frame } from './frame.tsx'
import { noDialog } from './no-dialog.ts'

/** The one surface that dims the page and keeps the focus: a native modal dialog around the card. */
export const openModal: OpenSurface = (options, { _openCard, _toTopLayer }) => {
  const { display, host } = options
  const dialog = document.createElement('dialog')
  let before: Element | null
  let handle: PanelHandle | undefined

  dialog.setAttribute('aria-labelledby', 'q')
  // Escape and the back gesture of a phone.
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault()
    handle?.close()
  })
  const closed = () => {
    host.closed()
    if (before instanceof HTMLElement) before.focus({ preventScroll: true })
  }
  const surface: Surface = {
    _class: `modal ${display?.position ?? 'bottom-end'}`,
    _makeBox: (root) => root.appendChild(dialog),
    _attach(element) {
      _toTopLayer(element)
      if (!dialog.open) return
      dialog.close()
      dialog.showModal()
    },
    _takesFocus: () => dialog.open,
    _drawn({ root, card }) {
      noDialog(card)
      if (dialog.open || root.host.matches('.folded')) return
      before = document.activeElement
      dialog.showModal()
    },
  }
  handle = _openCard(...frame(options, surface, true, closed))
  return handle
}
