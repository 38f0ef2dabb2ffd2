/**
 * Keeps a card at the bottom above the on-screen keyboard. Keyboards cover the layout viewport, to which `fixed`
 * belongs, and shrink only the visual one; `--covered` tells the style sheet by how much.
 */
export function makeRoom(card: HTMLElement, signal: AbortSignal): void {
  const viewport = visualViewport as VisualViewport
  const fit = () => {
    // While the visitor has zoomed in, the difference is their zoom and not a keyboard.
    const covered = viewport.scale < 1.1 ? innerHeight - viewport.height - viewport.offsetTop : 0
    card.style.setProperty('--covered', `${Math.max(0, covered)}px`)
  }
  fit()
  viewport.addEventListener('resize', fit, { signal })
  viewport.addEventListener('scroll', fit, { signal })
}
