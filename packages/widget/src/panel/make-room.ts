import type { Mounted } from './mount.ts'

const firstFitMs = 100

/**
 * Keeps the card above the on-screen keyboard. Keyboards cover the layout viewport, to which `fixed` belongs, and
 * shrink only the visual one; `--covered` tells the style sheet how much of the card's place is hidden.
 */
export function makeRoom({ root, card }: Mounted, signal: AbortSignal): void {
  const viewport = visualViewport as VisualViewport
  const fit = () => {
    const covered = root.host.getBoundingClientRect().bottom - viewport.height - viewport.offsetTop
    // While the visitor has zoomed in, the difference is their zoom and not a keyboard.
    card.style.setProperty('--covered', `${viewport.scale < 1.1 ? Math.max(0, covered) : 0}px`)
  }
  // A keyboard that is open already is met once the card is painted: measuring before would lay the page out twice.
  const timer = setTimeout(fit, firstFitMs)
  signal.addEventListener('abort', () => clearTimeout(timer))
  viewport.addEventListener('resize', fit, { signal })
  viewport.addEventListener('scroll', fit, { signal })
}
