import type { Condition } from '@heed/contract'
import { listResponses, newId, type ResponseRow, storeBatch } from '@heed/db'
import { matches } from '@heed/targeting'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { makeDefinition, rowsOf } from './make-rows.ts'
import { useDatabase } from './use-database.ts'

const db = useDatabase()
const projectId = newId('prj')
const surveyId = newId('srv')

const texts = ['', 'a', 'b', 'ab', 'a*b', '10', '9', '-1.5', '1e2', '%', '한국']
const text = fc.constantFrom(...texts)
const scalar = fc.oneof(text, fc.constantFrom(-1.5, 0, 9, 10, 100), fc.boolean(), fc.constant(null))
const list = fc.array(scalar, { maxLength: 3 })
const anything = fc.oneof(
  scalar,
  list,
  fc.record({ deep: scalar }, { requiredKeys: [] }),
  fc.array(list, { maxLength: 2 }),
)
const attributes = fc.record({ a: anything, b: anything, 'c-d': scalar }, { requiredKeys: [] })

const row = fc.record(
  {
    device: fc.constantFrom('phone', 'tablet', 'desktop', null),
    country: fc.constantFrom('KR', 'DE', null),
    locale: fc.constantFrom('ko', 'en'),
    page: fc.constantFrom('https://shop.example/a', 'https://shop.example/b_c', null),
    event: fc.oneof(text, fc.constant(null)),
    nps: fc.constantFrom(0, 6, 9, 10, null),
    completed: fc.boolean(),
    surveyVersion: fc.constantFrom(1, 2, 10),
    attributes,
    variant: fc.dictionary(fc.constantFrom('x', 'y'), fc.constantFrom('a', 'b')),
  },
  { noNullPrototype: true },
)

const paths = [
  'device',
  'country',
  'locale',
  'page',
  'event',
  'nps',
  'completed',
  'version',
  'variant.x',
  'variant.z',
]
const attributePaths = [
  'attributes.a',
  'attributes.b',
  'attributes.c-d',
  'attributes.a.deep',
  'attributes.missing',
  'attributes.b.0',
]
const ordered = fc.oneof(text, fc.constantFrom(-1.5, 0, 9, 10, 100))

const { condition } = fc.letrec<{ operators: object; condition: object }>((tie) => ({
  operators: fc.oneof(
    { maxDepth: 3 },
    fc.record({ $eq: scalar }),
    fc.record({ $ne: scalar }),
    fc
      .constantFrom('$lt', '$lte', '$gt', '$gte')
      .chain((operator) => ordered.map((value) => ({ [operator]: value }))),
    fc.record({ $in: list }),
    fc.record({ $nin: list }),
    fc.record({ $all: list }),
    fc.record({ $exists: fc.boolean() }),
    fc.record({
      $type: fc.constantFrom('string', 'number', 'boolean', 'array', 'object', 'null', 'undefined'),
    }),
    fc.record({ $glob: fc.constantFrom('*', 'a*', '*b', 'a*b', '%', 'https://*_c', '1_') }),
    fc.record({ $size: fc.oneof(fc.constantFrom(0, 1, 2), tie('operators')) }),
    fc.record({ $elemMatch: tie('operators') }),
    fc.record({ $not: tie('operators') }),
    fc.record({ $gte: ordered, $lt: ordered }),
  ),
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.dictionary(fc.constantFrom(...paths, ...attributePaths), fc.oneof(scalar, tie('operators')), {
      maxKeys: 2,
    }),
    fc.dictionary(fc.constantFrom(...attributePaths), tie('operators'), { minKeys: 1, maxKeys: 2 }),
    fc.record({ attributes: fc.dictionary(fc.constantFrom('a', 'b'), tie('operators'), { maxKeys: 2 }) }),
    fc
      .constantFrom('$and', '$or', '$nor')
      .chain((operator) => fc.array(tie('condition'), { maxLength: 3 }).map((all) => ({ [operator]: all }))),
    fc.record({ $not: tie('condition') }),
  ),
}))

/** What a condition sees of a stored response. */
const factsOf = (row: ResponseRow) => ({
  device: row.device,
  country: row.country,
  locale: row.locale,
  page: row.page,
  event: row.event,
  nps: row.nps,
  completed: row.completed,
  version: row.surveyVersion,
  ...row.context,
})

const stored: ResponseRow[] = []

beforeAll(async () => {
  await db()
    .insertInto('projects')
    .values({ id: projectId, name: 'x', public_key: projectId, settings: '{}' })
    .execute()
  const definition = makeDefinition()
  await db()
    .insertInto('surveys')
    .values({
      project_id: projectId,
      id: surveyId,
      key: definition.key,
      draft: JSON.stringify(definition),
      closed_at: null,
    })
    .execute()
  const rows = rowsOf(projectId, surveyId)
  const samples = fc.sample(row, 150) as (Partial<ResponseRow> & {
    attributes: object
    variant: Record<string, string>
  })[]
  for (const { attributes, variant, ...given } of samples) {
    stored.push(rows.response({ ...given, context: { attributes: { ...attributes }, variant } }))
  }
  await storeBatch(db(), { responses: stored, displays: [], losses: [] })
})

test('a filter in SQL picks the responses that the condition matches in the browser', async () => {
  await fc.assert(
    fc.asyncProperty(condition, async (where) => {
      const page = await listResponses(db(), projectId, { surveyId, where: where as Condition, limit: 200 })
      const expected = stored.filter((row) => matches(where as Condition, factsOf(row))).map(({ id }) => id)
      expect(page.data.map(({ id }) => id).sort()).toEqual(expected.sort())
    }),
    { numRuns: 400 },
  )
})
