import { effect } from '@preact/signals'
import { render } from 'preact'
import type { PanelHandle, PanelOptions } from '../panel-interface.ts'
import { kit } from './extensions.ts'
import { createFocusKeeper } from './focus-keeper.ts'
import { makeRoom } from './make-room.ts'
import { mount } from './mount.ts'
import { Panel } from './panel.tsx'
import { createPanelModel } from './panel-model.ts'
import { applyTheme } from './theme.ts'
import { watchSeen } from './watch-seen.ts'

/** The thanks leave by themselves after this, unless they are pointed at or focused. */
const thanksMs = 7000

/**
 * Shows a survey in a corner of the page, or as a sheet at the bottom of a phone, without taking the focus. A survey
 * of nothing but unknown kinds of questions is closed at once.
 */
export function open({ display, texts, host, parts = [] }: PanelOptions): PanelHandle {
  for (const part of parts) part.connect(kit as never)
  const mounted = mount(texts, display?.position)
  const { root, card, remove } = mounted
  const model = createPanelModel(texts, host)
  const focus = createFocusKeeper(mounted)
  const life = new AbortController()

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
    if (event.key === 'Escape' && !event.isComposing) close()
    // A key held down would answer the next question as well.
    if (event.repeat && event.key === 'Enter' && root.activeElement?.localName === 'button')
      event.preventDefault()
  })
  // The second click of a double click would land on whatever the first one brought into its place.
  card.addEventListener('click', (event) => event.detail > 1 && event.stopPropagation(), true)

  if (model._question.value) {
    let shown: unknown
    applyTheme(card, texts.appearance)
    // One effect draws everything: in a panel this small there is nothing to gain by drawing less.
    effect(() => {
      const hasEnded = !!model._outcome.value
      const view = hasEnded || model._question.value
      const wasInside = !!root.activeElement
      render(<Panel model={model} onClose={close} />, card)
      if (view !== shown) {
        focus._follow(wasInside, hasEnded)
        if (hasEnded) leaveInTime()
      } else if (model._error.value && !model._hasFailed()) focus._point()
      shown = view
    })
    host.report('shown')
    makeRoom(mounted, life.signal)
    watchSeen(card, () => host.report('seen'))
  } else close()
  return { close }
}
