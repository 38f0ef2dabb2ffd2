import type { Appearance, Display } from '@heed/contract'
import { cardColors, channels, contrast, ownCardColors } from '@heed/widget/content'
import type { ShapeError } from '../explain-shape.ts'
import { selectorError } from './selector-error.ts'

/** What text needs on what it stands on (WCAG 2, AA). */
const minimumContrast = 4.5

/** Where and how a survey is drawn: what could not be found, could not be read or would never be seen. */
export function displayErrors({ kind, selector, teaser, appearance = {} }: Display): ShapeError[] {
  const errors: ShapeError[] = []
  if (kind === 'inline' && selector === undefined) {
    const message = 'missing; an inline survey needs the selector of the element it is drawn into'
    errors.push({ path: 'display.selector', message })
  }
  const wrong = selector === undefined ? undefined : selectorError(selector)
  if (wrong) errors.push({ path: 'display.selector', message: wrong })
  if (teaser && (kind === 'button' || kind === 'inline' || kind === 'page')) {
    const message = `a survey of the kind ${kind} waits by itself and has no teaser; leave it out`
    errors.push({ path: 'display.teaser', message })
  }
  if (appearance.logo !== undefined && !URL.canParse(appearance.logo)) {
    errors.push({
      path: 'display.appearance.logo',
      message: 'is no address; write for instance https://shop.example/logo.svg',
    })
  }
  return [...errors, ...contrastErrors(appearance)]
}

function contrastErrors(appearance: Appearance): ShapeError[] {
  return [false, true].flatMap((isDark) => {
    if (!ownCardColors(appearance, isDark)) return []
    const [background, text] = cardColors(appearance, isDark)
    const found = contrast(channels(background), channels(text))
    if (found >= minimumContrast) return []
    const member = isDark ? 'textDark' : 'text'
    // Cut, not rounded: 4.49 must not read as enough.
    const ratio = Math.floor(found * 100) / 100
    const message = `${text} on ${background} cannot be read well (contrast ${ratio}); choose two colours with at least ${minimumContrast}`
    return [{ path: `display.appearance.${member}`, message }]
  })
}
