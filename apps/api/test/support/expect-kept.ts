import type { Verdict } from '@heed/test-stack/faults'
import { expect } from 'vitest'

/** Everything acknowledged is stored, once, as it was sent; and there was something to keep. */
export function expectKept(verdict: Verdict): void {
  const { acknowledged, stored, lost, doubled, changed, invented } = verdict
  expect({ lost, doubled, changed, invented }).toEqual({ lost: [], doubled: [], changed: [], invented: [] })
  expect(acknowledged).toBeGreaterThan(0)
  expect(stored).toBeGreaterThanOrEqual(acknowledged)
}
