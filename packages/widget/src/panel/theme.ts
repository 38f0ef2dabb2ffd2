import type { PanelAppearance } from '@heed/contract'

/** Gives the card its colours, corners and font. */
export function applyTheme(card: HTMLElement, appearance: PanelAppearance): void {
  const { mode = 'auto', radius = 20, font } = appearance
  const isDark = mode === 'auto' ? matchMedia('(prefers-color-scheme:dark)').matches : mode === 'dark'
  const [accent, on] = appearance[isDark ? 'dark' : 'light']
  const set = (name: string, value: string) => card.style.setProperty(name, value)
  card.className = isDark ? 'card dark' : 'card'
  set('--accent', accent)
  set('--on', on)
  set('--radius', `${radius}px`)
  // The page's font stands on its body, which is no ancestor of ours.
  if (font === 'inherit') set('font-family', getComputedStyle(document.body).fontFamily)
}
