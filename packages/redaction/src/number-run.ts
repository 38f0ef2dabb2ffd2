import { isDigit } from './characters.ts'
import { invisible } from './fold.ts'

/** Groups of digits with little between them: `(02) 123-4567`, `4111 1111 1111 1111`. */
export interface NumberRun {
  /** Where each group starts and ends. */
  starts: number[]
  ends: number[]
  groups: string[]
  /** What stands before each group but the first, in one character: ` `, `-`, `.`, `/` or `(` for a bracket. */
  separators: string[]
  /** Where the last group ends. */
  end: number
}

const longestGap = 3
const gapCharacters = ` -./()·・ー${invisible}`

/** The run whose first digit stands at `start`. */
export function readRun(text: string, start: number): NumberRun {
  const run: NumberRun = { starts: [], ends: [], groups: [], separators: [''], end: start }
  let index = start
  while (true) {
    const from = index
    while (isDigit(text.charCodeAt(index))) index += 1
    run.starts.push(from)
    run.ends.push(index)
    run.groups.push(text.slice(from, index))
    run.end = index
    let next = index
    while (next - index < longestGap && gapCharacters.includes(text.charAt(next)) && next < text.length)
      next += 1
    if (!isDigit(text.charCodeAt(next))) return run
    run.separators.push(separatorOf(text.slice(index, next)))
    index = next
  }
}

function separatorOf(gap: string): string {
  if (/[()]/.test(gap)) return '('
  if (/[-ー]/.test(gap)) return '-'
  if (gap.includes('/')) return '/'
  if (/[.·・]/.test(gap)) return '.'
  // An invisible character parts nothing.
  return gap.includes(' ') ? ' ' : ''
}
