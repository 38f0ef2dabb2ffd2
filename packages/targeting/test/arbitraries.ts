import type { Condition, ConditionOperators } from '@heed/contract'
import fc from 'fast-check'

const path = fc.constantFrom('a', 'b', 'c.d', 'c.e')
const scalar = fc.oneof(
  fc.constantFrom('', 'x', 'y', 'xy'),
  fc.integer({ min: -2, max: 2 }),
  fc.boolean(),
  fc.constant(null),
)
const ordered = fc.oneof(fc.constantFrom('x', 'y'), fc.integer({ min: -2, max: 2 }))

const operators: fc.Arbitrary<ConditionOperators> = fc.oneof(
  fc.record({ $eq: scalar }),
  fc.record({ $ne: scalar }),
  fc.record({ $lt: ordered, $gte: ordered }, { requiredKeys: [] }),
  fc.record({ $lte: ordered, $gt: ordered }, { requiredKeys: [] }),
  fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ $nin: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ $all: fc.array(scalar, { maxLength: 2 }) }),
  fc.record({ $size: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $glob: fc.constantFrom('*', 'x*', '*y', 'x') }),
  fc.record({ $elemMatch: fc.record({ $eq: scalar }) }),
)

/** Well-formed conditions over few paths and values, so that true and false are both common. */
export const condition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    fc.dictionary(path, fc.oneof(scalar, operators), { minKeys: 1, maxKeys: 2 }) as fc.Arbitrary<Condition>,
    fc.record({ $and: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ $or: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ $nor: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ $not: tie('condition') }),
  ),
})).condition

const value = fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }))

/** Facts where any path may be missing. */
export const facts: fc.Arbitrary<Record<string, unknown>> = fc.record(
  { a: value, b: value, c: fc.oneof(fc.record({ d: value, e: value }, { requiredKeys: [] }), scalar) },
  { requiredKeys: [] },
)
