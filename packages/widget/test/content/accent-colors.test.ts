import { describe, expect, it } from 'vitest'
import { accentColors } from '../../src/content/accent-colors.ts'

/** WCAG 2 relative luminance, exact, of `rgb(r,g,b)` or of `#fff` and `#000`. */
function luminance(color: string): number {
  if (color.startsWith('#')) return color === '#fff' ? 1 : 0
  const [red = 0, green = 0, blue = 0] = (color.match(/\d+/g) ?? []).map((digits) => {
    const channel = Number(digits) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const contrast = (a: string, b: string) => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}
/** Every 15th step of each channel: 5,832 colours. */
const steps = Array.from({ length: 18 }, (_, index) => index * 15)
const colors = steps.flatMap((red) =>
  steps.flatMap((green) =>
    steps.map((blue) => `#${[red, green, blue].map((one) => one.toString(16).padStart(2, '0')).join('')}`),
  ),
)

describe('accent colours', () => {
  it('carry text of at least 4.5 to 1, whatever colour a shop has chosen, in light and dark', () => {
    for (const accent of colors)
      for (const isDark of [false, true]) {
        const [painted, on] = accentColors({ accent }, isDark)
        if (contrast(painted, on) < 4.5) expect.fail(`${accent} ${isDark}: ${painted} with ${on}`)
      }
  })

  it('stand out from the dark card by at least 3 to 1', () => {
    for (const accent of colors) {
      const [painted] = accentColors({ accent }, true)
      if (contrast(painted, 'rgb(29,29,33)') < 3) expect.fail(`${accent}: ${painted}`)
    }
  })

  it('stay as the shop has chosen them on the light card', () => {
    expect(accentColors({ accent: '#a6401c' }, false)).toEqual(['rgb(166,64,28)', '#fff'])
    expect(accentColors({ accent: '#fd0' }, false)).toEqual(['rgb(255,221,0)', '#000'])
  })

  it('prefer the colour for dark in the dark, and fall back to ink and paper', () => {
    const both = { accent: '#a6401c', accentDark: '#ffb38f' }
    expect(accentColors(both, true)[0]).toBe('rgb(255,179,143)')
    expect(accentColors(both, false)[0]).toBe('rgb(166,64,28)')
    expect(accentColors({}, false)).toEqual(['rgb(28,28,32)', '#fff'])
    expect(accentColors({}, true)).toEqual(['rgb(244,244,245)', '#000'])
  })

  it('never keep the page waiting for a colour that is none', () => {
    for (const accent of ['#', '#zzzzzz', 'red', '#12'])
      expect(accentColors({ accent }, true)[1]).toMatch(/^#/)
  })
})
