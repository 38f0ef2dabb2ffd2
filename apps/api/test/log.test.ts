import { runSql } from '@heed/test-stack/run-sql'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { definition } from './support/definition.ts'
import { newResponseId, response, startApi, type TestApi } from './support/start-api.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi({ env: { HEED_LOG_LEVEL: 'trace', HEED_ROLLUP_SECONDS: '1' } })
})
afterAll(() => api.close())

/** In everything that anybody sends below. */
const poison = 'zanzibar'

/** From here on the database refuses rows of this table, and says in its error what was in them. */
const breakTable = (table: string) =>
  runSql(api.db, `alter table ${table} add constraint never check (false) not valid`)

test('a whole life with everything that can fail leaves no answer, address, visitor or key in the log', async () => {
  const survey = await api.publish({ name: poison })
  const item = (changes: object = {}) =>
    response(survey, {
      answers: { nps: 3, why: `${poison} was slow` },
      visitor: `${poison}-visitor`,
      subject: `${poison}-subject`,
      context: { url: `https://${poison}.example/${poison}?${poison}`, attributes: { plan: poison } },
      ...changes,
    })
  const from = {
    remoteAddress: '203.0.113.9',
    headers: { 'user-agent': poison, referer: `https://${poison}.example`, cookie: poison },
  }
  const everything = async () => {
    await api.send([item(), item({ answers: { [poison]: 1 } }), { type: poison }], from)
    await api.app.inject({
      method: 'POST',
      url: `/v1/ingest/${api.project.publicKey}`,
      payload: JSON.stringify({ sdk: poison, items: [item()], events: [`${poison}_event`] }),
      ...from,
      headers: { ...from.headers, 'content-type': 'text/plain' },
    })
    await api.app.inject({ method: 'POST', url: `/v1/ingest/${poison}`, payload: `{"${poison}`, ...from })
    await api.app.inject({ url: `/${poison}?${poison}=${poison}`, ...from })
    await api.call('GET', `/responses?search=${poison}&where=${encodeURIComponent(`{"page":"${poison}"}`)}`)
    await api.call('GET', `/metrics?survey=${poison}`)
    await api.call('GET', `/metrics?survey=${survey.key}&by=attributes.${poison}`)
    await api.call('POST', '/surveys', {
      ...definition({ key: `${poison}-${newResponseId()}` }),
      name: poison,
    })
    await api.app.inject({
      url: `/v1/projects/${api.project.id}/surveys`,
      headers: { authorization: `Bearer sk_${poison}` },
    })
  }
  await everything()
  const quiet = api.log.length
  for (const table of ['surveys', 'rejects', 'event_names', 'project_usage', 'score_hours'])
    await breakTable(table)
  await everything()
  await breakTable('responses')
  await everything()
  await runSql(api.db, 'drop view incoming_responses cascade; alter table rolled_surveys rename to gone')
  await everything()
  // The jobs and what is written behind the replies come by the clock.
  await vi.waitFor(() => expect(api.log.join('')).toMatch(/"job":"roll-up"/), { timeout: 10_000 })
  await vi.waitFor(() => expect(api.log.join('')).toMatch(/refused items were not kept/), { timeout: 10_000 })

  expect(quiet).toBe(0)
  const messages = new Set(api.log.map((line) => JSON.parse(line).message))
  expect(messages).toContain('a batch was not committed')
  expect(messages).toContain('request failed')
  for (const line of api.log) {
    expect(JSON.parse(line)).toMatchObject({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      level: expect.stringMatching(/^(error|warn)$/),
      message: expect.any(String),
    })
  }
  const log = api.log.join('')
  const secrets = [
    api.secretKey,
    api.project.publicKey,
    api.project.id,
    survey.id,
    '203.0.113.9',
    '127.0.0.1',
  ]
  for (const secret of [poison, ...secrets]) expect(log).not.toContain(secret)
})
