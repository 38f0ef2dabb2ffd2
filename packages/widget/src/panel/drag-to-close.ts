/** Pulled this far, or less but fast, a sheet leaves; otherwise it springs back. */
const farPx = 90
const flickPx = 24
const flickPxPerMs = 0.5
/** As long as the style sheet takes to move it out of sight. */
const leavingMs = 200

/**
 * A sheet follows the finger that pulls it down, and leaves or springs back when it is let go. Whatever can still
 * scroll up under the finger keeps it; the style sheet says by `--sheet` where the card is one.
 */
export function dragToClose(card: HTMLElement, close: () => void, signal: AbortSignal): void {
  let start: Touch | undefined
  let startMs = 0
  let pulledPx = 0
  const pull = (distance: string, transition: string) => {
    card.style.setProperty('--pulled', distance)
    card.style.transition = transition
  }
  const on = (type: string, run: (event: TouchEvent) => void) =>
    card.addEventListener(type, run as EventListener, { signal, passive: false })

  on('touchstart', ({ target, touches, timeStamp }) => {
    let scrolled = target as Element | null
    while (scrolled && !scrolled.scrollTop) scrolled = scrolled === card ? null : scrolled.parentElement
    const isFree = !scrolled && !touches[1] && getComputedStyle(card).getPropertyValue('--sheet')
    start = isFree ? touches[0] : undefined
    startMs = timeStamp
  })
  on('touchmove', (event) => {
    const [touch] = event.touches
    if (!start || !touch) return
    const down = touch.clientY - start.clientY
    // The first move decides whose gesture it is: up is scrolling, across is none of ours.
    if (!pulledPx && down <= Math.abs(touch.clientX - start.clientX)) start = undefined
    else {
      if (event.cancelable) event.preventDefault()
      pulledPx = Math.max(0.1, down)
      pull(`${pulledPx}px`, 'none')
    }
  })
  const letGo = ({ type, timeStamp }: TouchEvent) => {
    if (!pulledPx) return
    const isMeant =
      type === 'touchend' &&
      (pulledPx > farPx || (pulledPx > flickPx && pulledPx / (timeStamp - startMs) > flickPxPerMs))
    pull(isMeant ? '100%' : '0px', '')
    if (isMeant) setTimeout(close, leavingMs)
    pulledPx = 0
    start = undefined
  }
  on('touchend', letGo)
  on('touchcancel', letGo)
}
