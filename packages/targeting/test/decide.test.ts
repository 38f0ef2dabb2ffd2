import type { ProjectRules, SurveyRules } from '@heed/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Facts,
  inOrderOfPriority,
  judge,
  mayShow,
  noteAnswered,
  noteShown,
  share,
} from '../src/index.ts'
import { condition } from './arbitraries.ts'

const dayMs = 86_400_000
const nowMs = Date.UTC(2026, 2, 18, 12)

const surveyWith = (rules: Partial<SurveyRules> = {}): SurveyRules => ({
  id: 'srv_1',
  key: 'after-the-order',
  version: 1,
  triggers: [{ on: 'page' }],
  locales: ['en'],
  display: { kind: 'popover' },
  ...rules,
})
const projectWith = (rules: Partial<ProjectRules> = {}): ProjectRules => ({ surveys: [], ...rules })
const factsWith = (given: Partial<Facts> = {}): Facts => ({
  url: 'https://shop.example/cart',
  nowMs,
  seed: 'visitor',
  memory: {},
  sessionShown: false,
  context: {},
  ...given,
})
const ask = (survey: Partial<SurveyRules>, given: Partial<Facts> = {}, project: Partial<ProjectRules> = {}) =>
  mayShow(projectWith(project), surveyWith(survey), factsWith(given))
const explain = (
  rule: string,
  survey: Partial<SurveyRules>,
  given: Partial<Facts> = {},
  project: Partial<ProjectRules> = {},
) =>
  judge(projectWith(project), surveyWith(survey), factsWith(given)).filter((verdict) => verdict.rule === rule)

describe('a survey without rules', () => {
  it('shows once to a visitor and once in a visit', () => {
    expect(judge(projectWith(), surveyWith(), factsWith())).toEqual([
      { rule: 'frequency', pass: true, value: null, wants: 'once' },
      { rule: 'session', pass: true, value: false, wants: false },
    ])
    expect(ask({})).toBe(true)
    expect(ask({}, { memory: noteShown({}, 'srv_1', nowMs - 400 * dayMs) })).toBe(false)
    expect(ask({}, { sessionShown: true })).toBe(false)
  })

  it('has nothing to explain when the project limits nothing either', () => {
    expect(
      judge(projectWith({ onePerSession: false }), surveyWith({ frequency: 'always' }), factsWith()),
    ).toEqual([])
  })
})

describe('pages', () => {
  it('that are protected show nothing, and say which pattern', () => {
    const [verdict] = explain('protected', {}, {}, { protectedUrls: ['*/cart*'] })
    expect(verdict).toEqual({
      rule: 'protected',
      pass: false,
      value: 'https://shop.example/cart',
      wants: { exclude: ['*/cart*'] },
    })
    expect(ask({}, {}, { protectedUrls: ['*/pay*'] })).toBe(true)
  })

  it('are compared with the URL rules of the survey', () => {
    const urls = { include: ['*/order/*'] }
    expect(explain('urls', { urls })).toEqual([
      { rule: 'urls', pass: false, value: 'https://shop.example/cart', wants: urls },
    ])
    expect(ask({ urls }, { url: 'https://shop.example/order/1' })).toBe(true)
  })
})

describe('an audience', () => {
  it('is explained member by member, each with the value seen', () => {
    const audience = { device: { $in: ['phone'] }, 'cart.value': { $lt: 50 } }
    const context = { device: 'phone', cart: { value: 72 } }
    expect(explain('audience', { audience }, { context })).toEqual([
      { rule: 'audience', pass: true, value: 'phone', wants: { device: { $in: ['phone'] } } },
      { rule: 'audience', pass: false, value: 72, wants: { 'cart.value': { $lt: 50 } } },
    ])
  })

  it('shows what a missing value looked like', () => {
    expect(explain('audience', { audience: { 'cart.value': { $lt: 50 } } })).toEqual([
      { rule: 'audience', pass: false, value: undefined, wants: { 'cart.value': { $lt: 50 } } },
    ])
  })
})

describe('a schedule', () => {
  const startMs = nowMs - dayMs
  const endMs = nowMs + dayMs

  it('begins with its first millisecond and ends before its last', () => {
    expect(ask({ startMs, endMs }, { nowMs: startMs - 1 })).toBe(false)
    expect(ask({ startMs, endMs }, { nowMs: startMs })).toBe(true)
    expect(ask({ startMs, endMs }, { nowMs: endMs - 1 })).toBe(true)
    expect(ask({ startMs, endMs }, { nowMs: endMs })).toBe(false)
  })

  it('may be open at either end', () => {
    expect(ask({ startMs }, { nowMs: startMs + 9_999 * dayMs })).toBe(true)
    expect(ask({ endMs }, { nowMs: 0 })).toBe(true)
    expect(ask({ endMs }, { nowMs: endMs })).toBe(false)
  })

  it('is explained in dates a person can read', () => {
    expect(explain('schedule', { endMs: nowMs })).toEqual([
      {
        rule: 'schedule',
        pass: false,
        value: '2026-03-18T12:00:00.000Z',
        wants: [null, '2026-03-18T12:00:00.000Z'],
      },
    ])
  })
})

describe('hours', () => {
  /** Local time of whatever machine runs this; 2026-03-16 is a Monday. */
  const at = (day: number, time: string) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number)
    return { nowMs: new Date(2026, 2, 15 + day, hour, minute).getTime() }
  }

  it('hold from their first minute to before their last', () => {
    const hours = { from: '09:00', to: '18:00' }
    expect(ask({ hours }, at(1, '08:59'))).toBe(false)
    expect(ask({ hours }, at(1, '09:00'))).toBe(true)
    expect(ask({ hours }, at(7, '17:59'))).toBe(true)
    expect(ask({ hours }, at(7, '18:00'))).toBe(false)
  })

  it('hold only on their weekdays, Monday being 1 and Sunday 7', () => {
    const weekdays = { from: '09:00', to: '18:00', days: [1, 2, 3, 4, 5] }
    const sundays = { from: '09:00', to: '18:00', days: [7] }
    for (const day of [1, 2, 3, 4, 5]) expect(ask({ hours: weekdays }, at(day, '12:00'))).toBe(true)
    for (const day of [6, 7]) expect(ask({ hours: weekdays }, at(day, '12:00'))).toBe(false)
    expect(ask({ hours: sundays }, at(7, '12:00'))).toBe(true)
    expect(ask({ hours: sundays }, at(1, '12:00'))).toBe(false)
  })

  it('reach over midnight and belong to the day they began on', () => {
    const hours = { from: '22:00', to: '02:00', days: [5, 7] }
    expect(ask({ hours }, at(5, '21:59'))).toBe(false)
    expect(ask({ hours }, at(5, '22:00'))).toBe(true)
    expect(ask({ hours }, at(6, '01:59'))).toBe(true)
    expect(ask({ hours }, at(6, '02:00'))).toBe(false)
    expect(ask({ hours }, at(6, '23:00'))).toBe(false)
    expect(ask({ hours }, at(7, '01:00'))).toBe(false)
    expect(ask({ hours }, at(7, '23:00'))).toBe(true)
    expect(ask({ hours }, at(8, '01:00'))).toBe(true)
    expect(ask({ hours }, at(5, '01:00'))).toBe(false)
  })

  it('with equal ends are whole days', () => {
    const hours = { from: '00:00', to: '00:00', days: [2] }
    expect(ask({ hours }, at(2, '00:00'))).toBe(true)
    expect(ask({ hours }, at(2, '23:59'))).toBe(true)
    expect(ask({ hours }, at(3, '00:00'))).toBe(false)
  })

  it('say what the clock on the wall showed', () => {
    const hours = { from: '09:00', to: '18:00' }
    const [verdict] = explain('hours', { hours }, at(1, '20:15'))
    expect(verdict).toMatchObject({ pass: false, wants: hours })
    expect(verdict?.value).toContain('Mon Mar 16 2026 20:15')
  })
})

describe('a sample', () => {
  it('is everybody by default, and nobody at 0', () => {
    expect(explain('sample', {})).toEqual([])
    expect(explain('sample', { sample: 1 })).toEqual([])
    expect(ask({ sample: 0 })).toBe(false)
  })

  it('is explained by the place of the visitor', () => {
    const place = share('srv_1', 'visitor')
    expect(explain('sample', { sample: 0.5 })).toEqual([
      { rule: 'sample', pass: place < 0.5, value: place, wants: 0.5 },
    ])
  })

  it('takes in the visitors whose place lies before its end, and no other', () => {
    const place = share('srv_1', 'visitor')
    expect(ask({ sample: place })).toBe(false)
    expect(ask({ sample: place + 0.0001 })).toBe(true)
  })

  it('keeps who is in when it grows', () => {
    const fraction = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.uuid(), fraction, fraction, (seed, a, b) => {
        const [small, large] = [Math.min(a, b), Math.max(a, b)]
        if (ask({ sample: small }, { seed })) expect(ask({ sample: large }, { seed })).toBe(true)
      }),
    )
  })

  it('decides alike every time it asks the same visitor', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.double({ min: 0, max: 1, noNaN: true }), (seed, sample) => {
        expect(ask({ sample }, { seed })).toBe(ask({ sample }, { seed, nowMs: nowMs + dayMs }))
      }),
    )
  })
})

describe('a frequency', () => {
  const shownAgo = (...days: number[]) =>
    days.reduce((memory, ago) => noteShown(memory, 'srv_1', nowMs - ago * dayMs), {})

  it('of once means one display, ever', () => {
    expect(explain('frequency', {}, { memory: shownAgo(300) })).toEqual([
      { rule: 'frequency', pass: false, value: '2025-05-22T12:00:00.000Z', wants: 'once' },
    ])
    expect(ask({ id: 'srv_2' }, { memory: shownAgo(300) })).toBe(true)
  })

  it('of untilAnswered asks again until there is an answer', () => {
    const frequency = 'untilAnswered'
    expect(ask({ frequency }, { memory: shownAgo(3, 2, 1) })).toBe(true)
    const memory = noteAnswered(shownAgo(3, 2, 1), 'srv_1', nowMs - dayMs)
    expect(explain('frequency', { frequency }, { memory })).toEqual([
      { rule: 'frequency', pass: false, value: '2026-03-17T12:00:00.000Z', wants: frequency },
    ])
  })

  it('of always is no rule', () => {
    expect(ask({ frequency: 'always' }, { memory: shownAgo(2, 1, 0) })).toBe(true)
    expect(explain('frequency', { frequency: 'always' })).toEqual([])
  })

  it('of some times in some days counts the displays of those days', () => {
    const frequency = { times: 2, everyDays: 30 }
    expect(ask({ frequency })).toBe(true)
    expect(ask({ frequency }, { memory: shownAgo(10) })).toBe(true)
    expect(ask({ frequency }, { memory: shownAgo(40, 10) })).toBe(true)
    expect(ask({ frequency }, { memory: shownAgo(20, 10) })).toBe(false)
    expect(ask({ frequency }, { memory: shownAgo(30, 10) })).toBe(true)
    expect(ask({ frequency }, { memory: shownAgo(29.9, 10) })).toBe(false)
  })

  it('counts a display until its days are over to the millisecond', () => {
    const frequency = { times: 1, everyDays: 2 }
    const memory = noteShown({}, 'srv_1', nowMs)
    expect(ask({ frequency }, { memory, nowMs: nowMs + 2 * dayMs - 1 })).toBe(false)
    expect(ask({ frequency }, { memory, nowMs: nowMs + 2 * dayMs })).toBe(true)
  })

  it('never lets more displays into any window than it says, however often it is asked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { maxLength: 60 }),
        (times, everyDays, gaps) => {
          const displays: number[] = []
          let memory = {}
          let time = nowMs
          for (const gap of gaps) {
            time += gap * dayMs
            const frequency = { times, everyDays }
            if (!ask({ frequency }, { memory, nowMs: time })) continue
            memory = noteShown(memory, 'srv_1', time)
            displays.push(time)
            const recent = displays.filter((shown) => shown > time - everyDays * dayMs)
            expect(recent.length).toBeLessThanOrEqual(times)
          }
          if (gaps.length) expect(displays.length).toBeGreaterThan(0)
        },
      ),
    )
  })
})

describe('limits across surveys', () => {
  it('keep the days of a cooldown between any two displays', () => {
    const memory = noteShown({}, 'srv_other', nowMs)
    const later = (days: number) => ask({}, { memory, nowMs: nowMs + days * dayMs }, { cooldownDays: 7 })
    expect(later(6.99)).toBe(false)
    expect(later(7)).toBe(true)
    expect(ask({}, {}, { cooldownDays: 7 })).toBe(true)
    expect(ask({}, { memory }, { cooldownDays: 0 })).toBe(true)
  })

  it('say when a cooldown ends', () => {
    const memory = noteShown({}, 'srv_other', nowMs)
    expect(explain('cooldown', {}, { memory }, { cooldownDays: 7 })).toEqual([
      {
        rule: 'cooldown',
        pass: false,
        value: '2026-03-18T12:00:00.000Z',
        wants: ['2026-03-25T12:00:00.000Z', null],
      },
    ])
  })

  it('allow one display a visit unless the project says otherwise', () => {
    expect(ask({}, { sessionShown: true })).toBe(false)
    expect(ask({}, { sessionShown: true }, { onePerSession: true })).toBe(false)
    expect(ask({}, { sessionShown: true }, { onePerSession: false })).toBe(true)
  })

  it('obey a visitor who said later', () => {
    const memory = { until: nowMs + 1 }
    expect(ask({ frequency: 'always' }, { memory })).toBe(false)
    expect(ask({ frequency: 'always' }, { memory, nowMs: nowMs + 1 })).toBe(true)
    expect(explain('snoozed', {}, { memory: { until: nowMs + dayMs } })).toEqual([
      {
        rule: 'snoozed',
        pass: false,
        value: '2026-03-18T12:00:00.000Z',
        wants: ['2026-03-19T12:00:00.000Z', null],
      },
    ])
  })
})

const anySurvey = fc
  .record(
    {
      id: fc.constantFrom('srv_1', 'srv_2'),
      key: fc.string({ maxLength: 3 }),
      urls: fc.record({ include: fc.subarray(['*/cart', '/', '*']) }),
      audience: condition,
      sample: fc.double({ min: 0, max: 1, noNaN: true }),
      frequency: fc.constantFrom('once', 'untilAnswered', 'always', { times: 1, everyDays: 3 } as const),
      startMs: fc.integer({ min: nowMs - 10, max: nowMs + 10 }),
      endMs: fc.integer({ min: nowMs - 10, max: nowMs + 10 }),
      hours: fc.constantFrom({ from: '09:00', to: '18:00' }, { from: '18:00', to: '09:00', days: [3] }),
    },
    { requiredKeys: ['key'] },
  )
  .map((rules) => surveyWith(rules as Partial<SurveyRules>))
const anyProject = fc
  .record(
    {
      cooldownDays: fc.integer({ min: 0, max: 3 }),
      onePerSession: fc.boolean(),
      protectedUrls: fc.subarray(['*/cart', '*/pay']),
    },
    { requiredKeys: [] },
  )
  .map(projectWith)
const stamp = fc.integer({ min: nowMs - 5 * dayMs, max: nowMs + dayMs })
const anyFacts = fc
  .record({
    memory: fc.record(
      {
        last: stamp,
        until: stamp,
        surveys: fc.dictionary(
          fc.constantFrom('srv_1', 'srv_2'),
          fc.record({ shown: fc.array(stamp, { maxLength: 3 }), answered: stamp }, { requiredKeys: [] }),
        ),
      },
      { requiredKeys: [] },
    ),
    sessionShown: fc.boolean(),
    context: fc.record({ a: fc.constantFrom('x', 1, true), b: fc.constant(2) }, { requiredKeys: [] }),
  })
  .map((given) => factsWith(given as Partial<Facts>))

describe('the decision', () => {
  it('is the conjunction of its explanation, and both repeat', () => {
    fc.assert(
      fc.property(anyProject, anySurvey, anyFacts, (project, survey, facts) => {
        const verdicts = judge(project, survey, facts)
        expect(mayShow(project, survey, facts)).toBe(verdicts.every((verdict) => verdict.pass))
        expect(judge(project, survey, facts)).toEqual(verdicts)
      }),
    )
  })

  it('passes a survey on when every rule that failed is taken away', () => {
    fc.assert(
      fc.property(anySurvey, anyFacts, (survey, facts) => {
        const failed = judge(projectWith(), survey, facts).filter((verdict) => !verdict.pass)
        const rest = { ...survey }
        for (const { rule } of failed) {
          if (rule === 'urls' || rule === 'audience' || rule === 'hours' || rule === 'sample')
            delete rest[rule]
          if (rule === 'frequency') rest.frequency = 'always'
          if (rule === 'schedule') {
            delete rest.startMs
            delete rest.endMs
          }
        }
        const free = { ...facts, sessionShown: false, memory: { ...facts.memory, until: 0 } }
        expect(mayShow(projectWith(), rest, free)).toBe(true)
      }),
    )
  })

  it('survives a memory that another script has overwritten', () => {
    fc.assert(
      fc.property(
        fc.record(
          { last: fc.jsonValue(), until: fc.jsonValue(), surveys: fc.jsonValue() },
          { requiredKeys: [] },
        ),
        fc.jsonValue(),
        (memory, survey) => {
          for (const broken of [
            memory,
            { ...memory, surveys: { srv_1: survey } },
            { surveys: { srv_1: { shown: survey } } },
          ]) {
            const facts = factsWith({ memory: broken as Facts['memory'] })
            for (const frequency of ['once', 'untilAnswered', { times: 2, everyDays: 3 }] as const) {
              const given = surveyWith({ frequency })
              expect(typeof mayShow(projectWith({ cooldownDays: 3 }), given, facts)).toBe('boolean')
            }
          }
        },
      ),
    )
  })
})

describe('several surveys at one moment', () => {
  it('come by priority, then by key, whatever order they were written in', () => {
    const written = fc.uniqueArray(
      fc.record({ key: fc.stringMatching(/^[a-z]{1,4}$/), priority: fc.integer({ min: -2, max: 2 }) }),
      { selector: ({ key }) => key },
    )
    fc.assert(
      fc.property(written, (surveys) => {
        const ordered = surveys.toSorted(inOrderOfPriority)
        expect([...surveys].reverse().sort(inOrderOfPriority)).toEqual(ordered)
        ordered.forEach((survey, index) => {
          const before = ordered[index - 1]
          if (!before) return
          expect(before.priority).toBeGreaterThanOrEqual(survey.priority)
          if (before.priority === survey.priority) expect(before.key < survey.key).toBe(true)
        })
      }),
    )
  })

  it('take no priority for zero', () => {
    expect(
      [{ key: 'b' }, { key: 'a', priority: -1 }, { key: 'c', priority: 0 }].sort(inOrderOfPriority),
    ).toEqual([{ key: 'b' }, { key: 'c', priority: 0 }, { key: 'a', priority: -1 }])
  })
})

describe('a survey that is there to be found', () => {
  const shownNow = { sessionShown: true, memory: { last: nowMs } }

  it.each(['button', 'inline', 'page'] as const)(
    '(%s) is no display among others: neither the session nor the cooldown speaks of it',
    (kind) => {
      const survey = { display: { kind }, frequency: 'always' } as const
      expect(ask(survey, shownNow, { cooldownDays: 30 })).toBe(true)
      expect(judge(projectWith({ cooldownDays: 30 }), surveyWith(survey), factsWith(shownNow))).toEqual([])
    },
  )

  it.each([undefined, { kind: 'popover' }, { kind: 'modal' }, { kind: 'bar' }] as const)(
    'is not one that comes up by itself (%o)',
    (display) => {
      const survey = { display, frequency: 'always' } as Partial<SurveyRules>
      expect(ask(survey, shownNow)).toBe(false)
      expect(ask(survey, { memory: { last: nowMs } }, { cooldownDays: 30 })).toBe(false)
    },
  )

  it('goes away like all others when the visitor does not want to be asked', () => {
    const survey = { display: { kind: 'button' }, frequency: 'always' } as const
    expect(ask(survey, { memory: { until: nowMs + 1 } })).toBe(false)
  })
})
