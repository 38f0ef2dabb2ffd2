import { stringify } from '../stringify.ts'
import { json } from './pristine.ts'

/**
 * JSON as PostgreSQL takes it: without NUL and lone surrogates (half an emoji at the end of a cut text), for which an
 * answer would be refused whole. The first alternative skips an escaped backslash, so that a visitor's literal
 * `\u0000` stays.
 */
export const toWire = (value: unknown): string =>
  stringify(value, json()).replace(/(\\[^u])|\\u(?:0000|d[89a-f]..)/g, '$1')
