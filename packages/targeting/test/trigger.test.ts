import { describe, expect, it } from 'vitest'
import { eventMatches } from '../src/index.ts'

const purchase = { name: 'purchase', value: 129.9, currency: 'EUR', itemIds: ['sku1', 'sku2'], itemCount: 2 }

describe('an event trigger', () => {
  it('opens at the event of its name', () => {
    expect(eventMatches({ name: 'purchase' }, purchase)).toBe(true)
    expect(eventMatches({ name: 'refund' }, purchase)).toBe(false)
  })

  it('asks the properties of the event', () => {
    expect(
      eventMatches({ name: 'purchase', where: { value: { $gte: 50 }, currency: 'EUR' } }, purchase),
    ).toBe(true)
    expect(eventMatches({ name: 'purchase', where: { value: { $gte: 500 } } }, purchase)).toBe(false)
    expect(eventMatches({ name: 'purchase', where: { itemIds: { $in: ['sku2'] } } }, purchase)).toBe(true)
    expect(eventMatches({ name: 'purchase', where: { coupon: 'SPRING' } }, purchase)).toBe(false)
  })
})
