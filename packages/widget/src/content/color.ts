/** Red, green and blue, 0 to 1. */
export type Channels = readonly number[]

/** Of `#rgb` or `#rrggbb`; black for what is none. */
export const channels = (hex: string): Channels =>
  (hex.length < 6 ? hex.replace(/\w/g, '$&$&') : hex)
    .match(/\w\w/g)
    ?.map((pair) => Number(`0x${pair}`) / 255) ?? [0, 0, 0]

/** WCAG 2 relative luminance. */
function luminance([red = 0, green = 0, blue = 0]: Channels): number {
  const linear = (channel: number) =>
    channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/** WCAG 2 contrast, 1 to 21. */
export function contrast(one: Channels, other: Channels): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

const black: Channels = [0, 0, 0]
const white: Channels = [1, 1, 1]

/** Whether white stands out from it better than black does. */
export const isDarkColor = (color: Channels): boolean => contrast(color, white) > contrast(color, black)
