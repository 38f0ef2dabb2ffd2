import type { OpenSurface } from '../surface.ts'
import { frame } from './frame.tsx'
import { onScroll } from './on-scroll.ts'
import { takenEdge } from './taken-edge.ts'

/** A bar across the page at its upper or lower edge, beside what the page keeps there. */
export const openBar: OpenSurface = (options, { _openCard, _toTopLayer }) => {
  const { display, host } = options
  const position = display?.position ?? 'bottom-end'
  const life = new AbortController()
  let bar: HTMLElement
  const place = () => bar.style.setProperty('--edge', `${takenEdge(position.startsWith('top'), bar)}px`)
  const closed = () => {
    life.abort()
    host.closed()
  }
  const surface = {
    _class: `bar ${position}`,
    _attach(element: HTMLElement) {
      bar = element
      _toTopLayer(bar)
      place()
    },
  }
  // Headers come and go with scrolling.
  onScroll(place, life.signal)
  return _openCard(...frame(options, surface, true, closed))
}
