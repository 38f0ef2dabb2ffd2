// @vitest-environment jsdom
import { type PackedProject, packedProject } from '@heed/test-stack/packed-project'
import { defineSurvey } from '@heed/widget'
import type * as testing from '@heed/widget/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'

let project: PackedProject
let renderSurvey: typeof testing.renderSurvey

beforeAll(async () => {
  project = await packedProject({ links: {} })
  ;({ renderSurvey } = await project.import<typeof testing>('@heed/widget/testing'))
})
afterAll(() => project.remove())

it('renders and answers a survey in jsdom, which lacks more of a browser', async () => {
  const survey = await renderSurvey(
    defineSurvey({
      key: 'in-jsdom',
      name: 'In jsdom',
      triggers: [{ on: 'manual' }],
      locales: ['en'],
      display: { kind: 'modal' },
      questions: [
        { key: 'happy', kind: 'csat', text: { en: 'Happy?' } },
        { key: 'why', kind: 'text', text: { en: 'Why?' } },
      ],
    }),
  )
  await survey.answer('happy', 2)
  await survey.answer('why', 'Too slow')
  expect(survey.responses()).toMatchObject([{ answers: { happy: 2, why: 'Too slow' }, completed: true }])
  await survey.unmount()
  expect(survey.isOpen).toBe(false)
})
