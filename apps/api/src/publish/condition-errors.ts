import type { ShapeError } from '../explain-shape.ts'

/** As deep as the decision engine follows; deeper conditions match nothing. */
const maxDepth = 32
const types = ['string', 'number', 'boolean', 'array', 'object', 'null', 'undefined']

type Check = (wants: unknown, path: string, depth: number) => ShapeError[]

const operators: Record<string, Check> = {
  $eq: expect(isScalar, 'a text, number, true, false or null'),
  $ne: expect(isScalar, 'a text, number, true, false or null'),
  $lt: expect(isOrdered, 'a number or a text'),
  $lte: expect(isOrdered, 'a number or a text'),
  $gt: expect(isOrdered, 'a number or a text'),
  $gte: expect(isOrdered, 'a number or a text'),
  $in: expect(isScalarList, 'a list of texts, numbers, true, false or null'),
  $nin: expect(isScalarList, 'a list of texts, numbers, true, false or null'),
  $all: expect(isScalarList, 'a list of texts, numbers, true, false or null'),
  $exists: expect((value) => typeof value === 'boolean', 'true or false'),
  $glob: expect(
    (value) => typeof value === 'string' && value !== '',
    'a text, in which * stands for anything',
  ),
  $type: expect((value) => types.includes(value as string), `one of ${types.join(', ')}`),
  $size: (wants, path, depth) => (isCount(wants) ? [] : operatorErrors(wants, path, depth)),
  $not: conditionErrors,
  $elemMatch: conditionErrors,
  $and: listOfConditions,
  $or: listOfConditions,
  $nor: listOfConditions,
}

/** Every place of a condition that would not work as written. A wrong one matches nothing, silently, in every page. */
export function conditionErrors(condition: unknown, path: string, depth = 0): ShapeError[] {
  if (depth > maxDepth)
    return [{ path, message: `nested deeper than ${maxDepth}; such a condition matches nothing` }]
  if (!isRecord(condition)) return [{ path, message: 'expected an object of paths and what they must meet' }]
  return Object.entries(condition).flatMap(([key, wants]) => {
    const place = `${path}.${key}`
    if (key.startsWith('$')) return operate(key, wants, place, depth)
    if (key === '' || key.split('.').includes('')) {
      return [{ path: place, message: 'expected a dotted path such as cart.value, without empty parts' }]
    }
    return isScalar(wants) ? [] : conditionErrors(wants, place, depth + 1)
  })
}

/** The same for operators alone (`{ "$lte": 6 }`), as `next` has them. */
export function operatorErrors(wants: unknown, path: string, depth = 0): ShapeError[] {
  const names = isRecord(wants) ? Object.keys(wants) : []
  const wrong = names.find((name) => !name.startsWith('$'))
  if (!isRecord(wants) || wrong !== undefined) {
    return [
      { path: wrong === undefined ? path : `${path}.${wrong}`, message: 'expected operators such as $lte' },
    ]
  }
  return conditionErrors(wants, path, depth)
}

function operate(name: string, wants: unknown, path: string, depth: number): ShapeError[] {
  const check = Object.hasOwn(operators, name) ? operators[name] : undefined
  if (check) return check(wants, path, depth + 1)
  return [{ path, message: `unknown operator; there are ${Object.keys(operators).join(', ')}` }]
}

function listOfConditions(wants: unknown, path: string, depth: number): ShapeError[] {
  if (!Array.isArray(wants)) return [{ path, message: 'expected a list of conditions' }]
  return wants.flatMap((one, index) => conditionErrors(one, `${path}.${index}`, depth))
}

function expect(isFine: (value: unknown) => boolean, expectation: string): Check {
  return (wants, path) => (isFine(wants) ? [] : [{ path, message: `expected ${expectation}` }])
}

function isScalar(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

function isOrdered(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value !== '')
}

function isScalarList(value: unknown): boolean {
  return Array.isArray(value) && value.every(isScalar)
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
