import type { Appearance, Paint } from '@heed/contract'

/** The cards of a survey that has no colours of its own, as the widget's style sheet has them. */
const builtIn: Record<'light' | 'dark', Paint> = { light: ['#fff', '#1c1c20'], dark: ['#1d1d21', '#f4f4f5'] }

/** The card and the text on it, the built-in colour where the survey has none. */
export function cardColors(appearance: Appearance, isDark: boolean): Paint {
  const [background, text] = builtIn[isDark ? 'dark' : 'light']
  return isDark
    ? [appearance.backgroundDark ?? background, appearance.textDark ?? text]
    : [appearance.background ?? background, appearance.text ?? text]
}

/** Undefined where the card is the built-in one. */
export function ownCardColors(appearance: Appearance, isDark: boolean): Paint | undefined {
  const { background, backgroundDark, text, textDark } = appearance
  const hasOwn = isDark ? (backgroundDark ?? textDark) : (background ?? text)
  return hasOwn === undefined ? undefined : cardColors(appearance, isDark)
}
