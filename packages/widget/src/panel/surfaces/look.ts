import type { Look } from '../surface.ts'

/** The card's own colours, its density and its shadow. */
export const look: Look = ({ style, classList }, appearance, isDark) => {
  const { density, shadow } = appearance
  const own = appearance[isDark ? 'darkCard' : 'lightCard']
  style.setProperty('--bg', own?.[0] ?? '')
  style.setProperty('--fg', own?.[1] ?? '')
  classList.toggle('own', !!own)
  classList.add(`${density}`, `${shadow}`)
}
