import type { MetricsReport } from '@heed/contract'
import { expect, test, vi } from 'vitest'
import { response, startApi } from './support/start-api.ts'

test('the server counts the hours that are over by itself, and the report stays the same', async () => {
  const api = await startApi({ env: { HEED_ROLLUP_SECONDS: '1' } })
  const survey = await api.publish()
  const item = response(survey, { answers: { nps: 3 } })
  await api.send([item, response(survey, { answers: { nps: 9 } })])
  const hoursAgo = new Date(Date.now() - 3 * 3_600_000)
  await api.db.updateTable('responses').set({ received_at: hoursAgo }).execute()
  const histograms = () => api.db.selectFrom('score_hours').selectAll().execute()
  const report = async () => (await api.call<MetricsReport>('GET', `/metrics?survey=${survey.key}`)).reply
  expect((await report()).histogram).toMatchObject({ 3: 1, 9: 1 })
  await vi.waitFor(async () => expect(await histograms()).not.toEqual([]), { timeout: 10_000 })
  expect((await report()).histogram).toMatchObject({ 3: 1, 9: 1 })
  await api.send([{ ...item, seq: 2, answers: { nps: 10 } }])
  expect((await report()).histogram).toMatchObject({ 3: 0, 9: 1, 10: 1 })
  await api.close()
})
