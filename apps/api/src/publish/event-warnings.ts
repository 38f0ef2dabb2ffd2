import type { SurveyDefinition, SurveyWarning } from '@heed/contract'

/** Names that a warning lists. */
const maxListed = 10

/** Every event that a survey waits for and no page has ever sent: a slip of the pen would keep it silent for good. */
export function eventWarnings(
  { triggers, cancelOn = [] }: Pick<SurveyDefinition, 'triggers' | 'cancelOn'>,
  heard: readonly string[],
): SurveyWarning[] {
  const named = [
    ...triggers.map((trigger, index) => ({
      path: `triggers.${index}.name`,
      name: 'name' in trigger ? trigger.name : undefined,
    })),
    ...cancelOn.map(({ name }, index) => ({ path: `cancelOn.${index}.name`, name })),
  ]
  return named.flatMap(({ path, name }) =>
    name === undefined || heard.includes(name) ? [] : [{ path, message: explain(name, heard) }],
  )
}

function explain(name: string, heard: readonly string[]): string {
  const beginning = `no page has sent "${name}" so far`
  if (heard.length === 0) return `${beginning}; none has sent any event`
  const byDistance = heard
    .map((one) => ({ one, distance: distance(plain(name), plain(one)) }))
    .sort((a, b) => a.distance - b.distance)
  const [nearest] = byDistance
  const isNear = nearest !== undefined && nearest.distance <= Math.max(1, Math.floor(name.length / 3))
  const listed = byDistance.slice(0, maxListed).map(({ one }) => one)
  const more = heard.length > maxListed ? `, and ${heard.length - maxListed} more` : ''
  const guess = isNear ? ` did you mean "${nearest.one}"?` : ''
  return `${beginning};${guess} heard: ${listed.join(', ')}${more}`
}

/** `addToCart`, `Add To Cart` and `add_to_cart` are the same word. */
const plain = (name: string): string => name.toLowerCase().replace(/[\s_.:-]/g, '')

/** Levenshtein distance; one row of the table at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
