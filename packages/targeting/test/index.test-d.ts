import type { Condition, Device, PageEvent, ProjectRules } from '@heed/contract'
import { describe, expectTypeOf, it } from 'vitest'
import { deviceOf, eventMatches, judge, matches, noteShown, type Verdict } from '../src/index.ts'

describe('the types of the decision engine', () => {
  it('take what the wire carries', () => {
    expectTypeOf(matches).parameter(0).toEqualTypeOf<Condition>()
    expectTypeOf(judge).parameter(0).toEqualTypeOf<ProjectRules>()
    expectTypeOf(eventMatches).parameter(1).toEqualTypeOf<PageEvent>()
    expectTypeOf(deviceOf).returns.toEqualTypeOf<Device>()
  })

  it('let a trigger of the contract be matched as it is', () => {
    const trigger = { on: 'event', name: 'purchase', where: { value: { $gte: 50 } } } as const
    expectTypeOf(trigger).toExtend<Parameters<typeof eventMatches>[0]>()
  })

  it('name every rule, so that a console can word each', () => {
    expectTypeOf<Verdict['rule']>().toEqualTypeOf<
      | 'protected'
      | 'urls'
      | 'audience'
      | 'schedule'
      | 'hours'
      | 'sample'
      | 'frequency'
      | 'cooldown'
      | 'session'
      | 'snoozed'
    >()
  })

  it('refuse a misspelled operator and a memory that holds something else', () => {
    // @ts-expect-error: lists belong to $in, not to $eq
    matches({ device: { $eq: ['phone'] } }, {})
    // @ts-expect-error: times are milliseconds
    noteShown({ last: '2026-01-01' }, 'srv_1', 0)
  })
})
