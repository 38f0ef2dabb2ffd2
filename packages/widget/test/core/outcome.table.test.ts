import { expect, test } from 'vitest'
import { outcomeOf } from '../../src/core/keeper/outcome.table.ts'

test.each([
  ['reply', [200, 201, 204, 299]],
  ['done', [409]],
  ['refused', [400, 401, 403, 404, 410, 422]],
  ['tooLarge', [413]],
  ['later', [0, 301, 302, 307, 308, 408, 425, 429, 500, 502, 503, 504, 599]],
  ['network', [-1]],
] as const)('means "%s" for the statuses %j', (outcome, statuses) => {
  expect(statuses.map(outcomeOf)).toEqual(statuses.map(() => outcome))
})
