/** Pulled this far a sheet leaves; less and it springs back. */
const farPx = 64
/** As long as the style sheet takes to move it out of sight. */
const leavingMs = 200

/**
 * A sheet follows the finger that pulls it down, and leaves or springs back when it is let go. Whatever can still
 * scroll up under the finger keeps it; the style sheet says by `--sheet` where the card is one.
 */
export function dragToClose(card: HTMLElement, close: () => void, signal: AbortSignal): void {
  let start: Touch | undefined
  let pulledPx = 0
  const pull = (distance: string, transition: string) => {
    card.style.setProperty('--pulled', distance)
    card.style.transition = transition
  }
  const letGo = ({ type }: Event) => {
    const isMeant = type === 'touchend' && pulledPx > farPx
    pull(isMeant ? '100%' : '0px', '')
    if (isMeant) setTimeout(close, leavingMs)
    pulledPx = 0
  }
  const on = (type: string, run: (event: TouchEvent) => void) =>
    card.addEventListener(type, run as EventListener, { signal, passive: false })

  on('touchstart', ({ target, touches }) => {
    let at = target as Element
    while (at !== card.parentNode && !at.scrollTop) at = at.parentNode as Element
    const isFree = at === card.parentNode && !touches[1] && getComputedStyle(card).getPropertyValue('--sheet')
    start = isFree ? touches[0] : undefined
  })
  on('touchmove', (event) => {
    const down = start ? (event.touches[0]?.clientY ?? 0) - start.clientY : 0
    // The first move decides: what begins upwards is scrolling, and stays it.
    if (pulledPx || down > 0) {
      event.preventDefault()
      pulledPx = Math.max(1, down)
      pull(`${pulledPx}px`, 'none')
    } else start = undefined
  })
  on('touchend', letGo)
  on('touchcancel', letGo)
}
