import type { AuditPage, AuditRecord, Project, Survey } from '@heed/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { definition } from './support/definition.ts'
import { response, startApi, type TestApi } from './support/start-api.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

const newest = async () => {
  const { data } = (await api.call<AuditPage>('GET', '/audit?limit=1')).reply
  return data[0]
}
const draft = () =>
  api.call<Survey>('POST', '/surveys', definition({ key: `draft-${Math.random().toString(36).slice(2)}` }))
async function published() {
  const { reply } = await draft()
  await api.call('POST', `/surveys/${reply.id}/publish`)
  return reply.id
}
async function answered() {
  const item = response(await api.publish(), {
    answers: { nps: 1, why: 'a secret of mine' },
    visitor: 'somebody',
  })
  await api.send([item])
  return item.id
}

/** What each operation that changes something, or takes data away, is to leave behind. */
const operations: Record<string, () => Promise<Partial<AuditRecord>>> = {
  async createProject() {
    const made = await api.app.inject({
      method: 'POST',
      url: '/v1/projects',
      headers: { authorization: `Bearer ${api.secretKey}` },
      payload: { name: 'Second' },
    })
    const { projectId, secretKey } = made.json<{ projectId: string; secretKey: string }>()
    const log = await api.app.inject({
      url: `/v1/projects/${projectId}/audit`,
      headers: { authorization: `Bearer ${secretKey}` },
    })
    const { data } = log.json<AuditPage>()
    expect(data).toMatchObject([
      { actor: expect.stringMatching(/^key_/), action: 'project.created', target: projectId },
    ])
    // Then something of this project, whose log the test looks at.
    await api.call('PATCH', '', { name: 'Shop' })
    return { action: 'project.changed' }
  },
  async updateProject() {
    const settings = { retentionDays: 90, origins: ['https://shop.example'] }
    const { reply } = await api.call<Project>('PATCH', '', { name: 'Renamed', status: 'active', settings })
    expect(reply.settings).toMatchObject(settings)
    await api.call('PATCH', '', { settings: { origins: [] } })
    const { data } = (await api.call<AuditPage>('GET', '/audit?limit=2')).reply
    expect(data[1]).toMatchObject({
      target: api.project.id,
      details: {
        changed: ['name', 'status', 'settings.retentionDays', 'settings.origins'],
        status: 'active',
        'settings.retentionDays': 90,
      },
    })
    return { action: 'project.changed', details: { changed: ['settings.origins'] } }
  },
  async createSurvey() {
    const { id, key } = (await draft()).reply
    return { action: 'survey.created', target: id, details: { key } }
  },
  async updateSurvey() {
    const { id, key } = (await draft()).reply
    await api.call('PATCH', `/surveys/${id}`, { name: 'Other' })
    return { action: 'survey.changed', target: id, details: { key, changed: ['name'] } }
  },
  async replaceSurvey() {
    const { id, key } = (await draft()).reply
    await api.call('PUT', `/surveys/${key}`, definition({ key }))
    return { action: 'survey.changed', target: id }
  },
  async publishSurvey() {
    const { id, key } = (await draft()).reply
    await api.call('POST', `/surveys/${key}/publish`)
    return { action: 'survey.published', target: id, details: { key, version: 1 } }
  },
  async pauseSurvey() {
    const target = await published()
    await api.call('POST', `/surveys/${target}/pause`)
    return { action: 'survey.paused', target }
  },
  async resumeSurvey() {
    const target = await published()
    await api.call('POST', `/surveys/${target}/resume`)
    return { action: 'survey.resumed', target }
  },
  async archiveSurvey() {
    const target = await published()
    await api.call('POST', `/surveys/${target}/archive`)
    return { action: 'survey.archived', target }
  },
  async previewSurvey() {
    const { id } = (await draft()).reply
    await api.call('POST', `/surveys/${id}/preview`, {})
    return { action: 'survey.previewed', target: id }
  },
  async updateResponse() {
    const target = await answered()
    await api.call('PATCH', `/responses/${target}`, { tags: ['vip'], note: 'about Jane', excluded: true })
    const details = { changed: ['tags', 'note', 'excluded'], excluded: true }
    return { action: 'response.changed', target, details }
  },
  async deleteTestResponses() {
    const { id } = await api.publish()
    await api.call('DELETE', `/responses?survey=${id}&test=true`)
    return { action: 'responses.testsDeleted', target: id, details: { responses: 0 } }
  },
  async exportResponses() {
    await answered()
    await api.call('GET', '/export?format=ndjson&search=secret')
    return { action: 'responses.exported', details: { format: 'ndjson', chosenBy: ['search'] } }
  },
  async copyVisitor() {
    await api.call('GET', '/visitors/somebody')
    return { action: 'visitor.copied' }
  },
  async copySubject() {
    await api.call('GET', '/subjects/somebody')
    return { action: 'subject.copied' }
  },
  async eraseVisitor() {
    await api.call('DELETE', '/visitors/somebody')
    return { action: 'visitor.erased' }
  },
  async eraseSubject() {
    await api.call('DELETE', '/subjects/somebody')
    return { action: 'subject.erased' }
  },
}

test.each(Object.keys(operations))('%s leaves an entry', async (name) => {
  const expected = await operations[name]?.()
  expect(await newest()).toMatchObject({ actor: expect.stringMatching(/^key_/), ...expected })
})

test('no operation that changes something is without one', async () => {
  const document = (await api.app.inject('/openapi.json')).json<{
    paths: Record<string, Record<string, { operationId: string; tags: string[] }>>
  }>()
  const changing = Object.entries(document.paths)
    .filter(([path]) => path.startsWith('/v1/projects'))
    .flatMap(([, methods]) => Object.entries(methods))
    .filter(([method]) => method !== 'get')
    .map(([, { operationId }]) => operationId)
  expect(changing.length).toBeGreaterThan(10)
  expect(Object.keys(operations)).toEqual(expect.arrayContaining(changing))
})

test('what is refused leaves none', async () => {
  const before = await newest()
  const { id } = (
    await api.call<Survey>('POST', '/surveys', definition({ display: { kind: 'inline' }, key: 'placeless' }))
  ).reply
  const created = await newest()
  expect(created?.id).not.toBe(before?.id)
  for (const [method, path, body, status] of [
    ['POST', `/surveys/${id}/publish`, undefined, 422],
    ['POST', `/surveys/${id}/pause`, undefined, 409],
    ['POST', '/surveys', definition({ key: 'placeless' }), 409],
    ['PATCH', '', { settings: { retentionDays: 0 } }, 400],
    ['PATCH', '', { settings: { retentionDays: 3651 } }, 400],
    ['PATCH', '/responses/0198c6f2-7b1e-7c3a-9d54-3f2a8e6b1c90', { note: 'x' }, 404],
    ['GET', '/export?format=pdf', undefined, 400],
  ] as const) {
    expect((await api.call(method, path, body)).status).toBe(status)
  }
  expect(await newest()).toEqual(created)
})

test('nothing in it is an answer, a note or a person', async () => {
  await operations.updateResponse?.()
  await operations.eraseVisitor?.()
  await operations.exportResponses?.()
  const log = JSON.stringify((await api.call<AuditPage>('GET', '/audit?limit=200')).reply)
  for (const secret of ['somebody', 'secret', 'Jane', 'vip', '127.0.0.1']) expect(log).not.toContain(secret)
})
