// @vitest-environment happy-dom
import { explainSurvey, opensOn, renderSurvey } from '@heed/widget/testing'
import { expect, it, onTestFinished } from 'vitest'
import { afterOrder, gift } from './surveys.ts'

it('asks those who would not recommend us what to do better', async () => {
  const survey = await renderSurvey(afterOrder)
  onTestFinished(survey.unmount)
  await survey.answer('nps', 4)
  expect(survey.asked).toEqual(['why'])
  await survey.answer('why', 'Shipping took a week')
  expect(survey.responses()).toMatchObject([
    { answers: { nps: 4, why: 'Shipping took a week' }, completed: true },
  ])
})

it('thanks everybody else at once, in their language', async () => {
  const survey = await renderSurvey(afterOrder, { lang: 'de' })
  onTestFinished(survey.unmount)
  expect(survey.text).toContain('weiterempfehlen')
  await survey.answer('nps', 10)
  expect(survey.asked).toEqual([])
})

it('leaves small orders and quick finds alone', () => {
  expect(opensOn(afterOrder, 'purchase', { value: 20, currency: 'EUR' })).toBe(true)
  expect(opensOn(afterOrder, 'purchase', { value: 19, currency: 'EUR' })).toBe(false)
  expect(opensOn(gift, 'gift_found', { steps: 2 })).toBe(false)
})

it('asks nobody twice', () => {
  const shownBefore = { surveys: { 'srv_react-after-order': { shown: [Date.now() - 86_400_000] } } }
  const { mayShow, rules } = explainSurvey(afterOrder, { memory: shownBefore })
  expect(mayShow).toBe(false)
  expect(rules.find(({ pass }) => !pass)?.rule).toBe('frequency')
})
