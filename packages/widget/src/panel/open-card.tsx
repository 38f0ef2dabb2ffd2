import { effect } from '@preact/signals'
import { render } from 'preact'
import type { PanelHandle, PanelOptions } from '../panel-interface.ts'
import { dragToClose } from './drag-to-close.ts'
import { createFocusKeeper } from './focus-keeper.ts'
import { makeRoom } from './make-room.ts'
import { mount } from './mount.ts'
import { Panel } from './panel.tsx'
import { createPanelModel } from './panel-model.ts'
import type { Surface } from './surface.ts'
import { applyTheme } from './theme.ts'
import { watchSeen } from './watch-seen.ts'

/** The thanks leave by themselves after this, unless they are pointed at or focused. */
const thanksMs = 7000

/**
 * One survey from its first question to its thanks, in a card on the given surface. A survey of nothing but unknown
 * kinds of questions is closed at once.
 */
export function openCard(options: PanelOptions, surface: Surface): PanelHandle {
  const { texts, host } = options
  const mounted = mount(texts, surface)
  const { root, card, remove } = mounted
  const model = createPanelModel(options)
  const life = new AbortController()
  const focus = createFocusKeeper(mounted, life.signal)

  function close() {
    if (life.signal.aborted) return
    life.abort()
    if (model._question.value && !model._outcome.value) host.report('dismissed')
    focus._giveBack()
    remove()
    host.closed()
  }

  const leaveInTime = () => {
    setTimeout(() => (root.activeElement || card.matches(':hover') ? leaveInTime() : close()), thanksMs)
  }

  card.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing && !surface._stays) close()
    // A key held down would answer the next question as well.
    if (event.repeat && event.key === 'Enter' && root.activeElement?.localName === 'button')
      event.preventDefault()
  })
  // The second click of a double click would land on whatever the first one brought into its place.
  card.addEventListener('click', (event) => event.detail > 1 && event.stopPropagation(), true)

  if (model._question.value) {
    let shown: unknown
    applyTheme(card, texts.appearance, life.signal)
    // One effect draws everything: in a panel this small there is nothing to gain by drawing less.
    effect(() => {
      const hasEnded = !!model._outcome.value
      const view = surface._isFolded?.() || hasEnded || model._question.value
      const panel = <Panel model={model} onClose={close} />
      const wasInside = !!root.activeElement
      render(surface._frame?.(panel, model, close) ?? panel, card)
      surface._drawn?.(mounted)
      if (view !== shown) {
        // What stands in the page is met there, and need not be announced.
        if (shown || !surface._stays)
          focus._follow(wasInside || !!surface._takesFocus?.(!shown), hasEnded, !shown)
        if (hasEnded && !surface._stays) leaveInTime()
      } else if (model._wasRefused()) focus._point()
      shown = view
    })
    host.report('shown')
    if (!surface._stays) {
      makeRoom(mounted, life.signal)
      dragToClose(card, close, life.signal)
    }
    watchSeen(card, () => host.report('seen'))
  } else close()
  return { close }
}
