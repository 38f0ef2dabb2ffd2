import { describe, expect, it } from 'vitest'
import { languages } from '../src/languages.ts'
import { demoSurveys } from '../surveys/index.ts'

const spoken = languages.map(({ tag }) => tag).sort()

/** Every localized text in a definition: an object that has an English entry. */
function localizedTexts(value: unknown): Record<string, string>[] {
  if (typeof value !== 'object' || value === null) return []
  if ('en' in value) return [value as Record<string, string>]
  return Object.values(value).flatMap(localizedTexts)
}

it('ask in every way a page can be asked, each under a key of its own', () => {
  expect(new Set(demoSurveys.map(({ key }) => key)).size).toBe(demoSurveys.length)
  expect([...new Set(demoSurveys.map(({ display }) => display.kind))]).toEqual([
    'popover',
    'inline',
    'button',
    'page',
  ])
})

it('never ask two things at one moment: no two have the same triggers on the same pages', () => {
  const moments = demoSurveys.map(({ triggers, urls }) => JSON.stringify([triggers, urls]))
  expect(new Set(moments).size).toBe(demoSurveys.length)
})

describe.each(demoSurveys.map((survey) => [survey.key, survey] as const))('%s', (_key, survey) => {
  it('is worded in every language of the shop', () => {
    expect([...survey.locales].sort()).toEqual(spoken)
    for (const text of localizedTexts(survey)) {
      expect(Object.keys(text).sort(), text.en).toEqual(spoken)
      expect(Object.values(text).every((words) => words.trim().length > 0)).toBe(true)
    }
    expect(localizedTexts(survey).length).toBeGreaterThanOrEqual(survey.questions.length + 1)
  })

  it('goes only forward, to a question that exists or to the end', () => {
    survey.questions.forEach(({ next = [] }, index) => {
      const later = survey.questions.slice(index + 1).map(({ key }) => key)
      for (const { go } of next) expect(['end', ...later]).toContain(go)
    })
  })

  it('reaches each of its questions', () => {
    const [first, ...others] = survey.questions
    const reached = new Set(survey.questions.flatMap(({ next = [] }) => next.map(({ go }) => go)))
    expect(others.map(({ key }) => key).filter((key) => !reached.has(key))).toEqual([])
    expect(first?.required).toBe(true)
  })

  it('asks for one score at most, first', () => {
    const scored = survey.questions.filter((question) => 'metric' in question)
    expect(scored.every((question) => question === survey.questions[0])).toBe(true)
    expect(scored).toHaveLength(survey.display.kind === 'popover' ? 1 : 0)
  })

  it('ends with a thank-you', () => {
    expect(survey.ending?.text.en).toMatch(/^Thank you/)
  })
})
