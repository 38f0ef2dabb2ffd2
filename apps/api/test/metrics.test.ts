import { Registry } from 'prom-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FiguresOfAll } from '../src/workers/figures-of-all.ts'
import { createWriterMeters } from '../src/writer/writer-meters.ts'
import { documentedMetrics } from './support/documented-metrics.ts'
import { newResponseId, response, startApi, type TestApi } from './support/start-api.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi({ env: { HEED_ROLLUP_SECONDS: '1' } })
})
afterAll(() => api.close())

/** As the metrics of a registry name themselves, sorted. */
function describeAll(registry: Registry) {
  return registry
    .getMetricsAsArray()
    .map((metric) => {
      const {
        name,
        type,
        labelNames = [],
      } = metric as unknown as {
        name: string
        type: string
        labelNames?: string[]
      }
      return { name, type, labels: [...labelNames].sort() }
    })
    .sort(byName)
}

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name)

test('every metric that is served is documented with its type and labels, and every documented one is served', async () => {
  const queue = () => ({ heldRows: 0, oldestAgeMs: 0 })
  const writer = createWriterMeters(queue, async () => undefined)
  const crew = new Registry()
  new FiguresOfAll(crew)
  const served = new Map(
    [
      ...describeAll(writer.registry),
      ...describeAll(crew),
      ...describeAll(api.app.services.meters.registry),
    ].map((one) => [one.name, one]),
  )
  const documented = (await documentedMetrics()).map((one) => ({ ...one, labels: one.labels.sort() }))
  expect(documented.sort(byName)).toEqual([...served.values()].sort(byName))
})

test('names follow the conventions of Prometheus', async () => {
  for (const { name, type } of await documentedMetrics()) {
    expect(name).toMatch(/^(heed|process|nodejs)_[a-z_]+$/)
    if (type === 'counter') expect(name).toMatch(/_total$/)
    else expect(name).not.toMatch(/_total$/)
    expect(name).not.toMatch(/_(ms|milliseconds|kb|mb|percent)\b/)
  }
})

test('no label says who sent, what was said or with which key', async () => {
  const survey = await api.publish()
  const poison = 'zanzibar'
  const item = response(survey, {
    answers: { nps: 2 },
    visitor: `${poison}-visitor`,
    subject: `${poison}-subject`,
  })
  const from = { headers: { origin: `https://${poison}.example`, 'user-agent': poison } }
  await api.send([item, { ...item, answers: { [poison]: 1 } }, { type: poison }], from)
  await api.send([{ type: 'loss', id: newResponseId(), reason: 'quota', count: 2 }], from)
  await api.app.inject(`/${poison}/heed.js`)
  await api.app.inject(`/v1/projects/${poison}/responses?search=${poison}`)
  await api.app.inject({ url: `/v1/config/${poison}`, headers: { 'x-forwarded-for': '203.0.113.9' } })
  await api.call('GET', `/responses?search=${poison}`)
  const { body } = await api.app.inject('/metrics')
  const secrets = [
    poison,
    api.project.id,
    api.project.publicKey,
    api.secretKey,
    survey.id,
    survey.key,
    item.id,
  ]
  for (const secret of [...secrets, '127.0.0.1', '203.0.113.9']) expect(body).not.toContain(secret)
})
