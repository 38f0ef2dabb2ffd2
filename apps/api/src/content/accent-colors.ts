import type { Appearance, Paint } from '@heed/contract'

type Channels = readonly number[]

/** Red, green and blue, 0 to 1, of `#rgb` or `#rrggbb`. */
const channels = (hex: string): Channels =>
  (hex.length < 6 ? hex.replace(/\w/g, '$&$&') : hex)
    .match(/\w\w/g)
    ?.map((pair) => Number(`0x${pair}`) / 255) ?? [0, 0, 0]

/** WCAG relative luminance with a plain power of 2.2: near enough that the limit below holds for every colour. */
const luminance = ([red = 0, green = 0, blue = 0]: Channels) =>
  0.2126 * red ** 2.2 + 0.7152 * green ** 2.2 + 0.0722 * blue ** 2.2

/** Below it white text, from it on black text has a contrast of at least 4.5 to 1, whatever the colour. */
const darkInkLimit = 0.1795
/** What an accent needs to stand out from the dark card, 3 to 1. */
const darkCardLimit = 0.14

/** The accent to paint with and the colour of text on it. A brand colour too dark for the dark card is lightened. */
export function accentColors({ accent, accentDark }: Appearance, isDark: boolean): Paint {
  let color = channels((isDark && accentDark) || accent || (isDark ? '#f4f4f5' : '#1c1c20'))
  while (isDark && luminance(color) < darkCardLimit)
    color = color.map((channel) => channel + (1 - channel) / 8)
  return [
    `rgb(${color.map((channel) => Math.round(channel * 255))})`,
    luminance(color) < darkInkLimit ? '#fff' : '#000',
  ]
}
