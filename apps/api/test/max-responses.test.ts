import type { ProjectRules, Survey } from '@heed/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { response, startApi, type TestApi } from './support/start-api.ts'

let api: TestApi
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

const shown = async () =>
  (await api.app.inject(`/v1/config/${api.project.publicKey}`))
    .json<ProjectRules>()
    .surveys.map(({ key }) => key)
const read = async (survey: Survey) => (await api.call<Survey>('GET', `/surveys/${survey.id}`)).reply

test('a survey with all its responses is shown no more, stays live and says that it is full', async () => {
  const endless = await api.publish({ key: 'endless' })
  const limited = await api.publish({ key: 'limited', maxResponses: 2 })
  await api.send([response(limited), response(limited, { test: true }), response(endless)])
  expect(await shown()).toEqual(['endless', 'limited'])
  expect(await read(limited)).not.toHaveProperty('full')

  // Begun before it was full: taken all the same.
  const { reply } = await api.send([response(limited), response(limited)])
  expect(reply.items).toMatchObject([{ status: 'stored' }, { status: 'stored' }])
  // Counted again in the background after some seconds; here at once.
  api.app.services.surveys.forget(api.project.id, limited)
  expect(await shown()).toEqual(['endless'])
  expect(await read(limited)).toMatchObject({ status: 'live', full: true })
  const { reply: list } = await api.call<{ data: Survey[] }>('GET', '/surveys')
  expect(list.data.map(({ key, full }) => [key, full])).toEqual([
    ['endless', undefined],
    ['limited', true],
  ])
})

test('it is shown again when it may have more', async () => {
  const survey = await api.publish({ key: 'reopened', maxResponses: 1 })
  await api.send([response(survey)])
  api.app.services.surveys.forget(api.project.id, survey)
  expect(await shown()).not.toContain('reopened')
  await api.publish({ key: 'reopened', maxResponses: 10 })
  expect(await shown()).toContain('reopened')
})
