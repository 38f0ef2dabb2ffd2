import type { AnswerValue, SurveyTexts } from '@heed/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { visitorTexts } from '../../src/locales/index.ts'
import { createPanelModel } from '../../src/panel/panel-model.ts'
import type { PanelHost, PanelOptions } from '../../src/panel-interface.ts'
import { hostThat, nps, praise, surveyOf, why } from './survey.ts'

const { ui } = visitorTexts('en')
const survey = surveyOf(nps, why, praise)

/** A run through a survey, with what the view of its question reads and calls. */
function start(texts: SurveyTexts, host: PanelHost, options: Partial<PanelOptions> = {}) {
  const model = createPanelModel({ texts, host, ...options })
  const field = () => model._field(model._question.value)
  return {
    ...model,
    draft: () => field()._draft,
    error: () => field()._error,
    select: (value: AnswerValue) => field()._select(value),
    choose: (value: AnswerValue) => field()._choose(value, {} as HTMLElement),
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())
/** Lets the beat after a choice pass, and everything that waits for a reply. */
const settle = () => vi.advanceTimersByTimeAsync(1000)

describe('answering', () => {
  it('saves every answer at once and goes on to the question it leads to', async () => {
    const host = hostThat()
    const model = start(survey, host)
    model.choose(3)
    expect(host.saved).toMatchObject([{ answers: { nps: 3 }, completed: false }])
    await settle()
    expect(model._question.value).toBe(why)
  })

  it('keeps the choice in view for a moment before the next question', async () => {
    const model = start(survey, hostThat())
    model.choose(3)
    await vi.advanceTimersByTimeAsync(100)
    expect([model._question.value, model.draft()]).toEqual([nps, 3])
  })

  it('sends all answers with the last one and thanks when they are stored', async () => {
    const host = hostThat()
    const model = start(survey, host)
    model.choose(3)
    await settle()
    model.select('  The parcel came late. ')
    model._submit()
    await settle()
    expect(host.saved.at(-1)).toMatchObject({
      answers: { nps: 3, why: 'The parcel came late.' },
      completed: true,
    })
    expect(model._outcome.value).toBe('stored')
  })

  it('tells the thanks when the answer waits on the device', async () => {
    const model = start(surveyOf(praise), hostThat('kept'))
    model.select('All of it')
    model._submit()
    await settle()
    expect(model._outcome.value).toBe('kept')
  })

  it('leaves an optional question that was skipped or left empty out of the answers', async () => {
    for (const giveUp of ['_skip', '_submit'] as const) {
      const host = hostThat()
      const model = start(survey, host)
      model.choose(9)
      await settle()
      model.select('   ')
      model[giveUp]()
      await settle()
      expect(host.saved.at(-1)).toMatchObject({ answers: { nps: 9 }, completed: true })
      expect(host.saved.at(-1)?.answers).not.toHaveProperty('praise')
    }
  })

  it('says what is needed when a required question has no answer, and stops saying it once there is one', async () => {
    const host = hostThat()
    const model = start(surveyOf({ ...why, required: true }), host)
    model._submit()
    expect(model.error()).toBe(ui.required)
    expect(host.saved).toEqual([])
    model.select('Late')
    expect(model.error()).toBe('')
  })

  it('takes one answer however often the button is pressed', async () => {
    const host = hostThat()
    const model = start(surveyOf(praise), host)
    model.select('All')
    for (let press = 0; press < 5; press += 1) model._submit()
    model._skip()
    model._back()
    await settle()
    expect(host.saved).toHaveLength(1)
  })

  it('keeps a selection by keyboard until it is submitted', async () => {
    const host = hostThat()
    const model = start(survey, host)
    model.select(8)
    expect([host.saved.length, model._isTentative.value, model._isLast()]).toEqual([0, true, false])
    model._submit()
    await settle()
    expect([host.saved[0]?.answers, model._question.value]).toEqual([{ nps: 8 }, praise])
    expect(model._isTentative.value).toBe(false)
  })

  it('notes when what was done, in milliseconds since it was shown', async () => {
    const host = hostThat()
    const model = start(survey, host)
    await vi.advanceTimersByTimeAsync(1500)
    model.select(8)
    await vi.advanceTimersByTimeAsync(500)
    model._submit()
    await settle()
    model._submit()
    await settle()
    expect(host.saved.at(-1)?.timing).toEqual({
      shownMs: 0,
      startedMs: 1500,
      nps: 2000,
      praise: 3000,
      completedMs: 3000,
    })
  })

  it('reports the start once, at the first interaction', async () => {
    const host = hostThat()
    const model = start(survey, host)
    expect(host.reported).toEqual([])
    model.select(8)
    model.choose(9)
    await settle()
    expect(host.reported).toEqual(['started'])
  })
})

describe('an answer that could not be sent', () => {
  it('stays where it is, with the text and the way to try again, and is sent with the next try', async () => {
    const host = hostThat('unsent', 'stored')
    const model = start(surveyOf(why), host)
    model.select('Never arrived')
    model._submit()
    await settle()
    expect([model._outcome.value, model.error(), model._hasFailed()]).toEqual(['', ui.notSent, true])
    expect([model.draft(), model._isBusy.value]).toEqual(['Never arrived', false])
    model._submit()
    await settle()
    expect([host.saved.length, model._outcome.value]).toEqual([2, 'stored'])
  })

  it('offers a score that is the whole survey for another try too', async () => {
    const model = start(surveyOf({ ...nps, next: { '*': 'end' } }), hostThat('unsent'))
    model.choose(9)
    await settle()
    expect([model._isTentative.value, model._hasFailed(), model.draft()]).toEqual([true, true, 9])
  })
})

describe('going back', () => {
  it('finds the earlier answer as it was, waiting to be confirmed', async () => {
    const model = start(survey, hostThat())
    expect(model._canGoBack()).toBe(false)
    model.choose(3)
    await settle()
    expect(model._canGoBack()).toBe(true)
    model._back()
    expect([model._question.value, model.draft(), model._isTentative.value]).toEqual([nps, 3, true])
  })

  it('drops the answers of a branch that is left, and keeps its text should the visitor return', async () => {
    const host = hostThat()
    const model = start(survey, host)
    model.choose(3)
    await settle()
    model.select('Late')
    model._back()
    model.choose(10)
    await settle()
    model._skip()
    await settle()
    expect(host.saved.at(-1)?.answers).toEqual({ nps: 10 })
  })

  it('takes the message about the later question away', async () => {
    const model = start(surveyOf(nps, { ...why, required: true }), hostThat())
    model.choose(3)
    await settle()
    model._submit()
    expect(model.error()).toBe(ui.required)
    model._back()
    expect(model.error()).toBe('')
  })
})
