import type { PanelHandle } from '../../panel-interface.ts'
import type { OpenSurface } from '../surface.ts'
import { findAll } from './find-all.ts'
import { frame } from './frame.tsx'
import { noDialog } from './no-dialog.ts'
import { onPageChange } from './on-page-change.ts'
import { onceAFrame } from './once-a-frame.ts'
import { createTriggers } from './triggers.ts'

/**
 * Something that is always there and opens the form: a tab at the side, or elements of the shop, those too that appear
 * later. Each opening is a display of its own and begins anew; nothing of a closed form is kept.
 */
export const openButton: OpenSurface = (options, { _openCard, _mount, _applyTheme }) => {
  const { display, host, texts } = options
  const { position = 'bottom-end', selector } = display ?? {}
  const life = new AbortController()
  let form: PanelHandle | undefined

  const triggers = createTriggers((trigger, isOpen) => {
    if (isOpen) return form?.close()
    const tell = (value: boolean) => {
      host.occupy(value)
      triggers._tell(value)
    }
    const closed = () => {
      tell(false)
      // Nobody's focus is taken from elsewhere.
      if (document.activeElement === document.body) trigger.focus({ preventScroll: true })
    }
    const surface = {
      _class: position,
      _takesFocus: (isFirst: boolean) => isFirst,
    }
    tell(true)
    form = _openCard(...frame(options, surface, false, closed))
  })
  if (selector) {
    const look = () => findAll(selector).forEach(triggers._add)
    // Pages change often: once a frame is soon enough.
    onPageChange(
      onceAFrame(() => life.signal.aborted || look()),
      life.signal,
    )
    look()
  } else {
    const { card, remove } = _mount(texts, { _class: `tab ${position}` })
    const tab = card.appendChild(document.createElement('button'))
    noDialog(card)
    _applyTheme(card, texts.appearance, life.signal)
    tab.textContent = texts.button ?? ''
    triggers._add(tab)
    life.signal.addEventListener('abort', remove)
  }
  return {
    close() {
      if (life.signal.aborted) return
      form?.close()
      triggers._restore()
      life.abort()
      host.closed()
    },
  }
}
