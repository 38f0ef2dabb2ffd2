import type { PanelHandle, PanelHost } from '../../panel-interface.ts'
import type { OpenSurface, Surface } from '../surface.ts'
import { findAll } from './find-all.ts'
import { frame } from './frame.tsx'
import { noteBoxes } from './note-boxes.ts'
import { onPageChange } from './on-page-change.ts'
import { onScroll } from './on-scroll.ts'

/** A page that has drawn the place anew this often, within one page view, goes on for ever. */
const maxReturns = 99

/**
 * A piece of the page, in the element that the survey names, whenever and as often as the page draws that element. It
 * takes its room when nothing that the visitor sees is moved by it: at once where the room is kept free, else while the
 * place is out of view.
 */
export const openInline: OpenSurface = (options, { _openCard }) => {
  const { display, host } = options
  const life = new AbortController()
  let element: HTMLElement | undefined
  let handle: PanelHandle | undefined
  let hasShown = false
  let returns = 0

  const container = () => findAll(display?.selector ?? '')[0]
  function takeRoom() {
    if (!element?.isConnected || !element.matches('.held')) return
    const standsStill = noteBoxes(element)
    element.classList.remove('held')
    // Above the screen browsers make up for it by scrolling, those that anchor it.
    const isAbove = element.getBoundingClientRect().bottom < 0 && CSS.supports('overflow-anchor', 'auto')
    if (!isAbove && !standsStill()) element.classList.add('held')
    else if (!hasShown) {
      hasShown = true
      host.report('shown')
    }
  }
  const surface: Surface = {
    _class: 'inline',
    _stays: true,
    _attach(survey) {
      element = survey
      element.classList.add('held')
      container()?.append(element)
    },
    _drawn({ card }) {
      card.role = 'region'
      takeRoom()
      // Thanks are shorter than questions; the room stays taken.
      card.style.minHeight = `${card.getBoundingClientRect().height}px`
    },
  }
  const inlineHost: PanelHost = {
    ...host,
    report(state) {
      // It is shown when it has room, and until then nothing else can happen to it.
      if (hasShown && state !== 'shown') host.report(state)
    },
    closed() {
      life.abort()
      host.closed()
    },
  }
  function keepPlace() {
    if (element?.isConnected) return
    const place = container()
    if (!element) {
      if (place) handle = _openCard(...frame({ ...options, host: inlineHost }, surface))
      return
    }
    // Drawn anew at once, the place still has its room in what the visitor sees; one that was gone has none.
    if (!place) element.classList.add('held')
    else if (returns++ < maxReturns) place.append(element)
    takeRoom()
  }
  onPageChange(keepPlace, life.signal)
  onScroll(takeRoom, life.signal)
  keepPlace()
  return {
    close() {
      if (handle) handle.close()
      else if (!life.signal.aborted) inlineHost.closed()
    },
  }
}
