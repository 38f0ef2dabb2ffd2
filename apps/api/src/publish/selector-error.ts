import { isTraversal, parse, type Selector } from 'css-what'

/** What jQuery knows beyond CSS; in a browser's own search such a selector throws. */
const jqueryOnly =
  'animated button checkbox contains eq even file first gt header hidden icontains image input last lt odd parent password radio reset selected submit text visible'.split(
    ' ',
  )

/** Why a browser would find nothing by this selector, undefined when it can. */
export function selectorError(selector: string): string | undefined {
  let parsed: Selector[][]
  try {
    parsed = parse(selector)
  } catch (error) {
    return `is no CSS selector (${error instanceof Error ? error.message : String(error)})`
  }
  if (parsed.length === 0) return 'is no CSS selector (it is empty)'
  for (const compound of parsed) {
    if (isCombinator(compound[0])) return 'is no CSS selector (nothing precedes the first combinator)'
    const message = compoundError(compound, !selector.includes('\\'))
    if (message) return message
  }
  return undefined
}

/** `isPlain`: without escapes, by which a name may have any character. */
function compoundError(parts: readonly Selector[], isPlain: boolean): string | undefined {
  if (isCombinator(parts.at(-1))) {
    return 'is no CSS selector (nothing follows the last combinator)'
  }
  for (const part of parts) {
    if (part.type === 'pseudo-element') {
      return `names "::${part.name}", which is no element; leave it out`
    }
    if (part.type === 'pseudo' && jqueryOnly.includes(part.name)) {
      return `has ":${part.name}", which jQuery knows and browsers do not; use CSS alone`
    }
    if (part.type === 'pseudo' && Array.isArray(part.data)) {
      for (const inner of part.data) {
        const message = compoundError(inner, isPlain)
        if (message) return message
      }
    }
    const name = nameOf(part)
    if (isPlain && name !== undefined && !isIdentifier(name)) {
      return `has the name "${name}", which CSS does not allow as it stands; escape it or use an attribute selector`
    }
  }
  return undefined
}

const isCombinator = (part: Selector | undefined): boolean => part !== undefined && isTraversal(part)

/** The name of a tag, class or id. */
function nameOf(part: Selector): string | undefined {
  if (part.type === 'tag') return part.name
  if (part.type !== 'attribute') return undefined
  // `.a` and `#a` are attributes to the parser; only as such do they come without regard to case by the page's mode.
  return part.ignoreCase === 'quirks' && (part.name === 'class' || part.name === 'id')
    ? part.value
    : undefined
}

/** https://drafts.csswg.org/css-syntax-3/#ident-token-diagram */
const isIdentifier = (name: string): boolean =>
  /^(--|-?[A-Z_a-z\u0080-\u{10FFFF}])[\w\u0080-\u{10FFFF}-]*$/u.test(name)
