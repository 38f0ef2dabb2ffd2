import type { PanelAppearance } from '@heed/contract'
import { kit } from './extensions.ts'

/** Gives the card its colours, corners and font; `auto` follows the system's scheme until the signal aborts. */
export function applyTheme(card: HTMLElement, appearance: PanelAppearance, signal: AbortSignal): void {
  const { mode = 'auto', radius = 20, font } = appearance
  const set = (name: string, value: string) => card.style.setProperty(name, value)
  const system = matchMedia('(prefers-color-scheme:dark)')
  const paint = () => {
    const isDark = mode === 'auto' ? system.matches : mode === 'dark'
    const [accent, on] = appearance[isDark ? 'dark' : 'light']
    card.classList.toggle('dark', isDark)
    set('--accent', accent)
    set('--on', on)
    kit._look?.(card, appearance, isDark)
  }
  paint()
  system.addEventListener('change', paint, { signal })
  set('--radius', `${radius}px`)
  // The page's font stands on its body, which is no ancestor of ours.
  if (font === 'inherit') set('font-family', getComputedStyle(document.body).fontFamily)
}
