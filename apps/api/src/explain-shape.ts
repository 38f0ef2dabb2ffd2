import type { Problem } from '@heed/contract'
import Value from 'typebox/value'

/** The part of JSON Schema that our schemas use. */
interface Shape {
  type?: string | string[]
  description?: string
  properties?: Record<string, Shape>
  required?: string[]
  additionalProperties?: boolean | Shape
  patternProperties?: Record<string, Shape>
  items?: Shape | Shape[]
  anyOf?: Shape[]
  const?: unknown
  enum?: unknown[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  pattern?: string
  format?: string
}

export type ShapeError = NonNullable<Problem['errors']>[number]

const maxErrors = 50

/**
 * The wrong places, 50 at most, of a value: `questions.0.kind: expected one of nps, csat, got "stars"`; none when it fits
 * its schema. General validators report each branch of a union; this follows the branch that the value names itself.
 */
export function explainShape(schema: object, value: unknown, path = ''): ShapeError[] {
  return explain(schema, value, path).slice(0, maxErrors)
}

/** The same of a value that is known not to fit: it is not checked once more as a whole. */
export function explainMisfit(schema: object, value: unknown, path = ''): ShapeError[] {
  return explainWrong(schema, value, path).slice(0, maxErrors)
}

/** `path: message` of one error. */
export function sentence({ path, message }: ShapeError): string {
  return path === '' ? message : `${path}: ${message}`
}

function explain(shape: Shape, value: unknown, path: string): ShapeError[] {
  // Its length alone is what is wrong with it, and looking at every element could take seconds.
  const isTooLong = Array.isArray(value) && value.length > (shape.maxItems ?? Number.POSITIVE_INFINITY)
  return !isTooLong && Value.Check(shape, value) ? [] : explainWrong(shape, value, path)
}

function explainWrong(shape: Shape, value: unknown, path: string): ShapeError[] {
  const branch = shape.anyOf && chooseBranch(shape.anyOf, value)
  if (branch) return explain(branch, value, path)
  const inner = isRecord(value) ? explainMembers(shape, value, path) : explainElements(shape, value, path)
  if (inner.length > 0) return inner
  const place = isRecord(value) && shape.anyOf ? discriminatorOf(shape.anyOf) : undefined
  if (place && isRecord(value)) {
    const words = shape.anyOf?.map((one) => String(one.properties?.[place]?.const))
    const message = `expected one of ${words?.join(', ')}, got ${describe(value[place])}`
    return [{ path: join(path, place), message }]
  }
  return [{ path, message: `expected ${expectation(shape)}, got ${describe(value)}` }]
}

function explainMembers(shape: Shape, value: Record<string, unknown>, path: string): ShapeError[] {
  if (shape.anyOf) return []
  const errors: ShapeError[] = []
  for (const key of shape.required ?? []) {
    if (!Object.hasOwn(value, key)) {
      const wanted = expectation(shape.properties?.[key] ?? {})
      errors.push({ path: join(path, key), message: `missing; expected ${wanted}` })
    }
  }
  for (const [key, member] of Object.entries(value)) {
    if (errors.length >= maxErrors) break
    const known = shape.properties?.[key]
    const other = Object.values(shape.patternProperties ?? {})[0] ?? shape.additionalProperties
    if (known) errors.push(...explain(known, member, join(path, key)))
    else if (other === false) {
      const names = Object.keys(shape.properties ?? {}).join(', ')
      errors.push({ path: join(path, key), message: `unknown member; known here are ${names}` })
    } else if (typeof other === 'object') errors.push(...explain(other, member, join(path, key)))
  }
  return errors
}

function explainElements(shape: Shape, value: unknown, path: string): ShapeError[] {
  if (!Array.isArray(value) || !shape.items || Array.isArray(shape.items)) return []
  if (value.length > (shape.maxItems ?? Number.POSITIVE_INFINITY)) return []
  const errors: ShapeError[] = []
  for (const [index, element] of value.entries()) {
    if (errors.length >= maxErrors) break
    errors.push(...explain(shape.items, element, join(path, String(index))))
  }
  return errors
}

/** The branch whose constants the value has: `{ "kind": "nps", ... }` means the NPS question. */
function chooseBranch(branches: Shape[], value: unknown): Shape | undefined {
  const objects = branches.filter((branch) => branch.type === 'object')
  if (!isRecord(value)) return undefined
  const place = discriminatorOf(branches)
  if (place === undefined) return objects.length === 1 ? objects[0] : undefined
  return objects.find((branch) => branch.properties?.[place]?.const === value[place])
}

/** The member that is a constant in every branch. */
function discriminatorOf(branches: Shape[]): string | undefined {
  const [first, ...others] = branches
  return Object.keys(first?.properties ?? {}).find(
    (key) =>
      first?.properties?.[key]?.const !== undefined &&
      others.every((branch) => branch.properties?.[key]?.const !== undefined),
  )
}

function expectation(shape: Shape): string {
  if (shape.anyOf) return shape.anyOf.map(expectation).join(' or ')
  if (shape.const !== undefined) return JSON.stringify(shape.const)
  if (shape.enum) return `one of ${shape.enum.join(', ')}`
  if (shape.description) return shape.description
  if (shape.format) return `a ${shape.format}`
  if (shape.pattern) return `a text that matches ${shape.pattern}`
  switch (shape.type) {
    case 'integer':
    case 'number':
      return `${shape.type === 'integer' ? 'an integer' : 'a number'}${range(shape.minimum, shape.maximum)}`
    case 'string':
      return `a text${range(shape.minLength, shape.maxLength, ' characters')}`
    case 'array':
      return `a list${range(shape.minItems, shape.maxItems, ' elements')}`
    case 'boolean':
      return 'true or false'
    case 'object':
      return 'an object'
    default:
      return Array.isArray(shape.type) ? shape.type.join(' or ') : (shape.type ?? 'a value')
  }
}

function range(low: number | undefined, high: number | undefined, unit = ''): string {
  if (low !== undefined && high !== undefined)
    return `${unit && ' of'}${unit ? '' : ' from'} ${low} to ${high}${unit}`
  if (high !== undefined) return ` of at most ${high}${unit}`
  return low === undefined ? '' : ` of at least ${low}${unit}`
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string') {
    return value.length <= 60 ? JSON.stringify(value) : `a text of ${value.length} characters`
  }
  if (Array.isArray(value)) return `a list of ${value.length}`
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
