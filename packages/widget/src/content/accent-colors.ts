import type { Appearance, Paint } from '@heed/contract'
import { cardColors, ownCardColors } from './card-colors.ts'
import { type Channels, channels, contrast, isDarkColor } from './color.ts'

/** What an accent needs to stand out from the card. */
const minimumContrast = 3
/** Of a shop that has chosen none, on a light card and on a dark one. */
const ink = '#1c1c20'
const paper = '#f4f4f5'

const rounded = (color: Channels): Channels => color.map((channel) => Math.round(channel * 255) / 255)

/**
 * The accent to paint with and the colour of text on it. A brand colour too close to the card is moved away from it,
 * lighter on a dark card and darker on a light one; on the built-in white card it stays as the shop has chosen it,
 * because what is filled with it carries readable words.
 */
export function accentColors(appearance: Appearance, isDark: boolean): Paint {
  const card = channels(cardColors(appearance, isDark)[0])
  const isDarkCard = isDarkColor(card)
  const { accent, accentDark } = appearance
  let color = channels((isDark && accentDark) || accent || (isDarkCard ? paper : ink))
  if (isDark || ownCardColors(appearance, isDark)) {
    while (contrast(rounded(color), card) < minimumContrast)
      color = color.map((channel) => (isDarkCard ? channel + (1 - channel) / 8 : channel * (7 / 8)))
  }
  return [
    `rgb(${color.map((channel) => Math.round(channel * 255))})`,
    isDarkColor(rounded(color)) ? '#fff' : '#000',
  ]
}
