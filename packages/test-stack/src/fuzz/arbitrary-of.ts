import fc, { type Arbitrary } from 'fast-check'
import { hints, knownNames } from './hints.ts'
import type { JsonSchema } from './openapi.ts'
import { Known } from './wire-json.ts'

/** Longer texts are a matter of their own: they would make every request slow. */
const usualLength = 30

/**
 * Values that fit a schema. Members that other replies have given (ids, keys) are `Known` most of the time.
 * @param name of the member or parameter
 */
export function arbitraryOf(schema: JsonSchema, name = ''): Arbitrary<unknown> {
  const plain = plainOf(schema)
  if (knownNames.has(name) && schema.type === 'string') {
    const known = fc.nat().map((index) => new Known(name, index))
    return fc.oneof({ arbitrary: known, weight: 15 }, { arbitrary: plain, weight: 1 })
  }
  const hint = hints[name]
  return hint ? fc.oneof({ arbitrary: hint, weight: 6 }, { arbitrary: plain, weight: 1 }) : plain
}

function plainOf(schema: JsonSchema): Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map((choice) => arbitraryOf(choice)))
  if (schema.allOf) return fc.tuple(...schema.allOf.map((part) => arbitraryOf(part))).map(merge)
  if (Array.isArray(schema.type)) {
    return fc.oneof(...schema.type.map((type) => arbitraryOf({ ...schema, type })))
  }
  switch (schema.type) {
    case 'string':
      return textOf(schema)
    case 'integer':
      return fc.integer(rangeOf(schema, -2_147_483_648, 2_147_483_647))
    case 'number': {
      const { min, max } = rangeOf(schema, -1e12, 1e12)
      return fc.oneof(
        fc.integer({ min: Math.ceil(min), max: Math.floor(max) }),
        fc.double({ min, max, noNaN: true }),
      )
    }
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return listOf(schema)
    case 'object':
      return objectOf(schema)
    default:
      return fc.jsonValue({ maxDepth: 3 })
  }
}

function textOf({ pattern, format, minLength = 0, maxLength = 2000 }: JsonSchema): Arbitrary<string> {
  if (format === 'date-time') {
    return fc
      .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString())
  }
  if (pattern !== undefined) {
    const fitting = fc.stringMatching(new RegExp(pattern), { size: 'small' })
    return fitting.filter((text) => text.length >= minLength && text.length <= maxLength)
  }
  const length = { minLength, maxLength: Math.max(Math.min(maxLength, usualLength), minLength) }
  const inUnits = (text: string) => text.length >= minLength && text.length <= maxLength
  return fc.oneof(
    fc.string({ unit: 'grapheme-ascii', ...length }),
    fc.string({ unit: 'grapheme', ...length }).filter(inUnits),
    fc.constant('w'.repeat(Math.min(maxLength, 5000))),
  )
}

function rangeOf(schema: JsonSchema, lowest: number, highest: number): { min: number; max: number } {
  const min =
    schema.minimum ?? (schema.exclusiveMinimum === undefined ? lowest : schema.exclusiveMinimum + 0.001)
  const max =
    schema.maximum ?? (schema.exclusiveMaximum === undefined ? highest : schema.exclusiveMaximum - 0.001)
  return { min, max }
}

function listOf({ items = {}, minItems = 0, maxItems = 5 }: JsonSchema): Arbitrary<unknown[]> {
  if (Array.isArray(items)) return fc.tuple(...items.map((item) => arbitraryOf(item)))
  const maxLength = Math.max(Math.min(maxItems, 5), minItems)
  return fc.array(arbitraryOf(items), { minLength: minItems, maxLength })
}

function objectOf(schema: JsonSchema): Arbitrary<Record<string, unknown>> {
  const { properties = {}, required = [], additionalProperties } = schema
  const members = Object.entries(properties).map(
    ([name, member]) => [name, arbitraryOf(member, name)] as const,
  )
  // An object may require a member that it says nothing about.
  const others = required.filter((name) => !(name in properties))
  members.push(...others.map((name) => [name, arbitraryOf({ type: 'string' }, name)] as const))
  const known = fc.record(Object.fromEntries(members), { requiredKeys: required })
  const open = Object.values(schema.patternProperties ?? {})[0] ?? additionalProperties
  if (members.length > 0 || typeof open !== 'object') return known
  const keys = fc.oneof(
    fc.constantFrom('en', 'ko', 'nps', 'constructor'),
    fc.string({ minLength: 1, maxLength: 12 }),
  )
  return fc.dictionary(keys, arbitraryOf(open), { maxKeys: 4 })
}

const merge = (parts: unknown[]): unknown => Object.assign({}, ...(parts as object[]))
