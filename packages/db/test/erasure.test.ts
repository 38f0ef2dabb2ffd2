import {
  type CopiedPart,
  copyPerson,
  countPerson,
  countScores,
  createProject,
  createSurvey,
  type Database,
  type DisplayRow,
  erasePerson,
  forProject,
  listAudit,
  listRejects,
  listResponses,
  type NewReject,
  openDatabase,
  type Person,
  personReference,
  type ResponseRow,
  rollUp,
  settle,
  storeBatch,
  storeRejects,
  storeScreenshot,
  streamResponses,
  sweepErased,
  writeAudit,
} from '@heed/db'
import { type Kysely, sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { poolOf } from '../src/open-database.ts'
import { always, makeDefinition, rowsOf } from './make-rows.ts'
import { useDatabase } from './use-database.ts'

const db = useDatabase({ poolSize: 6 })
const picture = { type: 'image/webp', width: 8, height: 6, image: Buffer.from('a picture') } as const
const visitor = (id: string): Person => ({ kind: 'visitor', id })
const subject = (id: string): Person => ({ kind: 'subject', id })
const nothing = { responses: 0, displays: 0, screenshots: 0, rejects: 0 }

const reject = (changes: Partial<NewReject>): NewReject => ({
  reason: 'invalid_item',
  detail: 'seq: missing',
  sdk: '1.0.0',
  kind: 'response',
  surveyId: null,
  responseId: null,
  visitor: null,
  subject: null,
  item: '{}',
  ...changes,
})

async function newProject() {
  const projectId = (await createProject(db(), { name: 'Shop' })).project.id
  const survey = await createSurvey(db(), projectId, makeDefinition())
  const rows = rowsOf(projectId, survey.id)
  const store = (responses: ResponseRow[], displays: DisplayRow[] = []) =>
    storeBatch(db(), { responses, displays, losses: [] })
  return {
    ...rows,
    store,
    /** An answer with a comment, its display, and a picture. */
    async answer(given: Partial<ResponseRow> = {}) {
      const response = rows.response({ nps: 3, answers: { why: 'parcel late' }, textKeys: ['why'], ...given })
      await store([response], [rows.display('completed', { id: response.id })])
      await storeScreenshot(db(), projectId, response.id, picture)
      return response
    },
    erase: async (person: Person) => {
      const reference = await personReference(db(), projectId, person)
      return erasePerson(db(), { projectId, actor: 'key_1' }, { ...person, reference })
    },
    find: async (search?: string) =>
      (await listResponses(db(), projectId, search === undefined ? {} : { search })).data.map(({ id }) => id),
    count: async () =>
      (await countScores(db(), projectId, { surveyId: survey.id, metric: 'nps', ...always })).total,
    idsIn: async (table: 'responses' | 'comments' | 'displays' | 'screenshots') =>
      (
        await sql<{ id: string }>`
          select ${sql.ref(table === 'screenshots' ? 'response_id' : 'id')} as id from ${sql.table(table)}
          where project_id = ${projectId}`.execute(db())
      ).rows.map(({ id }) => id),
    async copy(person: Person) {
      const parts: { [List in CopiedPart['list']]: CopiedPart['part'][] } = {
        responses: [],
        displays: [],
        screenshots: [],
        rejects: [],
      }
      for await (const { list, part } of copyPerson(db(), projectId, person)) parts[list].push(part)
      return parts
    },
    entries: async () =>
      (await listAudit(db(), projectId)).data.filter(({ action }) => action.endsWith('erased')),
    rejects: async () => (await listRejects(db(), projectId)).data.map(({ detail }) => detail),
  }
}

describe.each([
  ['visitor', visitor],
  ['subject', subject],
] as const)('erasure of a %s', (kind, person) => {
  test('reaches answers, words, displays, pictures, refused items, scores and exports, and nobody else', async () => {
    const { answer, display, store, erase, find, count, idsIn, rejects, projectId } = await newProject()
    const gone = [await answer({ [kind]: 'me' }), await answer({ [kind]: 'me', nps: 4 })]
    const other = await answer({ [kind]: 'you', nps: 9 })
    const nobody = await answer({ nps: 10 })
    const refused = display('shown')
    await store([], [refused])
    await storeRejects(db(), projectId, [
      reject({ detail: 'mine', [kind]: 'me', responseId: refused.id }),
      reject({ detail: 'mine by its response', responseId: gone[0]?.id ?? '' }),
      reject({ detail: 'yours', [kind]: 'you' }),
      reject({ detail: 'of nobody', responseId: 'x' }),
    ])
    const hours = new Date(Date.now() - 3 * 3_600_000)
    await sql`update responses set received_at = ${hours} where project_id = ${projectId}`.execute(db())
    const until = new Date()
    await rollUp(db(), { until })
    expect(await count()).toMatchObject({ 3: 1, 4: 1, 9: 1, 10: 1 })

    const erased = await erase(person('me'))
    expect(erased).toMatchObject({ responses: 2, displays: 3, screenshots: 2, rejects: 2 })
    const kept = [other.id, nobody.id].sort()
    expect((await find()).sort()).toEqual(kept)
    expect((await find('parcel')).sort()).toEqual(kept)
    for (const table of ['responses', 'comments', 'displays', 'screenshots'] as const) {
      expect((await idsIn(table)).sort()).toEqual(kept)
    }
    expect((await rejects()).sort()).toEqual(['of nobody', 'yours'])
    expect(await count()).toMatchObject({ 3: 0, 4: 0, 9: 1, 10: 1 })
    await rollUp(db(), { until })
    expect(await count()).toMatchObject({ 3: 0, 4: 0, 9: 1, 10: 1 })
    const exported: string[] = []
    for await (const { id } of streamResponses(db(), projectId)) exported.push(id)
    expect(exported.sort()).toEqual(kept)
    expect(await erase(person('me'))).toMatchObject(nothing)
  })

  test('counted beforehand is what is then erased', async () => {
    const { answer, store, display, erase, projectId } = await newProject()
    await answer({ [kind]: 'me' })
    await answer({ [kind]: 'me' })
    await answer({ [kind]: 'you' })
    const refused = display('shown')
    await store([], [refused])
    await storeRejects(db(), projectId, [
      reject({ [kind]: 'me', responseId: refused.id.toUpperCase() }),
      reject({ [kind]: 'me', responseId: 'no uuid' }),
    ])
    const counted = await countPerson(db(), projectId, person('me'))
    expect(counted).toMatchObject({ responses: 2, displays: 3, screenshots: 2, rejects: 2 })
    expect(await erase(person('me'))).toEqual(counted)
  })

  test('a copy has everything of theirs and nothing of others', async () => {
    const { answer, store, display, copy, projectId } = await newProject()
    const mine = await answer({ [kind]: 'me', answers: { why: 'mine' }, timing: { shownMs: 5 } })
    const bare = rowsOf(projectId, mine.surveyId).response({ [kind]: 'me' })
    await store([bare])
    await answer({ [kind]: 'you', answers: { why: 'yours' } })
    const refused = display('seen', { page: 'https://shop.example/cart' })
    await store([], [refused])
    await storeRejects(db(), projectId, [
      reject({ detail: 'my mistake', [kind]: 'me', responseId: refused.id }),
      reject({ detail: 'your mistake', [kind]: 'you' }),
    ])
    const parts = await copy(person('me'))
    expect(parts.responses).toHaveLength(2)
    expect(parts.responses).toContainEqual(
      expect.objectContaining({
        id: mine.id,
        [kind]: 'me',
        answers: { why: 'mine' },
        timing: { shownMs: 5 },
      }),
    )
    expect(parts.displays).toHaveLength(2)
    expect(parts.displays).toContainEqual({
      id: refused.id,
      surveyId: refused.surveyId,
      version: 1,
      receivedAt: expect.stringMatching(/Z$/),
      states: ['eligible', 'shown', 'seen'],
      locale: null,
      device: null,
      country: null,
      page: 'https://shop.example/cart',
      event: null,
    })
    const image = Buffer.from('a picture').toString('base64')
    expect(parts.screenshots).toEqual([
      { responseId: mine.id, receivedAt: expect.any(String), type: 'image/webp', width: 8, height: 6, image },
    ])
    expect(parts.rejects).toMatchObject([{ detail: 'my mistake' }])
    expect(JSON.stringify(parts)).not.toContain('your')
    expect(await copy(person('nobody'))).toEqual({
      responses: [],
      displays: [],
      screenshots: [],
      rejects: [],
    })
  })
})

test('a visitor and a subject of the same name are two, and so are those of two projects', async () => {
  const [one, two] = [await newProject(), await newProject()]
  const asSubject = await one.answer({ subject: 'same' })
  await one.answer({ visitor: 'same' })
  const elsewhere = await two.answer({ visitor: 'same' })
  expect(await one.erase(visitor('same'))).toMatchObject({ responses: 1 })
  expect(await one.find()).toEqual([asSubject.id])
  expect(await two.find()).toEqual([elsewhere.id])
})

test('whoever writes somebody else’s response id into a refused item takes nothing of theirs along', async () => {
  const { answer, erase, copy, idsIn, projectId } = await newProject()
  const theirs = await answer({ visitor: 'you' })
  await storeRejects(db(), projectId, [reject({ visitor: 'me', responseId: theirs.id })])
  expect((await copy(visitor('me'))).displays).toEqual([])
  expect(await erase(visitor('me'))).toMatchObject({ ...nothing, rejects: 1 })
  await sweepErased(db())
  expect(await idsIn('displays')).toEqual([theirs.id])
  expect(await idsIn('responses')).toEqual([theirs.id])
})

test('an answer from before the erasure that arrives after it is erased, one that is given after it stays', async () => {
  const { answer, erase, find, count, entries, projectId } = await newProject()
  await erase(visitor('me'))
  const reference = await personReference(db(), projectId, visitor('me'))
  await answer({ visitor: 'me', nps: 1, ageMs: 3 * 86_400_000 })
  const later = await answer({ visitor: 'me', nps: 8 })
  const others = await answer({ visitor: 'you', nps: 7, ageMs: 3 * 86_400_000 })
  await sweepErased(db())
  expect((await find()).sort()).toEqual([later.id, others.id].sort())
  expect(await count()).toMatchObject({ 1: 0, 7: 1, 8: 1 })
  const swept = { actor: 'job', action: 'visitor.erased', target: reference }
  expect(await entries()).toMatchObject([
    { ...swept, details: { responses: 1, displays: 1, screenshots: 1, rejects: 0 } },
    { actor: 'key_1', action: 'visitor.erased', target: reference, details: nothing },
  ])
  await sweepErased(db())
  expect(await entries()).toHaveLength(2)
})

test('whatever comes with the id of an erased response goes too, whoever it says it is from', async () => {
  const { answer, store, display, erase, find, idsIn, projectId, entries } = await newProject()
  const { id } = await answer({ visitor: 'me', nps: 3 })
  await erase(visitor('me'))
  await answer({ id, nps: 4, seq: 2 })
  await store([], [display('completed', { id })])
  await storeRejects(db(), projectId, [reject({ responseId: id })])
  await sweepErased(db())
  expect(await find()).toEqual([])
  expect(await idsIn('displays')).toEqual([])
  expect(await idsIn('screenshots')).toEqual([])
  expect((await entries())[0]).toMatchObject({
    actor: 'job',
    action: 'responses.erased',
    target: null,
    details: { responses: 1, displays: 1, screenshots: 1, rejects: 1 },
  })
})

test('an erasure is forgotten when nothing can come of it any more', async () => {
  const { answer, erase, projectId } = await newProject()
  await answer({ visitor: 'me' })
  await erase(visitor('me'))
  const known = async () =>
    (
      await sql<{ n: number }>`
        select (select count(*) from erasures where project_id = ${projectId})::int
          + (select count(*) from erased_responses where project_id = ${projectId})::int as n`.execute(db())
    ).rows[0]?.n
  const age = (days: number) =>
    Promise.all(
      (['erasures', 'erased_responses'] as const).map((table) =>
        sql`update ${sql.table(table)} set erased_at = now() - ${days} * interval '24 hours' where project_id = ${projectId}`.execute(
          db(),
        ),
      ),
    )
  await age(39)
  await sweepErased(db())
  expect(await known()).toBe(2)
  await age(41)
  await sweepErased(db())
  expect(await known()).toBe(0)
})

test('when the last answer of a visitor is erased, the one before it counts again', async () => {
  const { answer, erase, count, projectId } = await newProject()
  const settled = async () => {
    await sql`update responses set received_at = received_at - interval '2 hours' where project_id = ${projectId}
      and received_at > now() - interval '1 hour'`.execute(db())
    const until = new Date()
    await settle(db(), { until })
    return count()
  }
  await answer({ visitor: 'me', nps: 2 })
  await answer({ visitor: 'me', subject: 'jane', nps: 9 })
  expect(await settled()).toMatchObject({ 2: 0, 9: 1 })
  await erase(subject('jane'))
  expect(await settled()).toMatchObject({ 2: 1, 9: 0 })
  await answer({ visitor: 'me', nps: 7 })
  await erase(visitor('me'))
  const named = sql`select from unsettled_visitors where project_id = ${projectId}`
  expect((await named.execute(db())).rows).toEqual([])
})

test('many answers go in several transactions, each with its entry', async () => {
  const { store, response, erase, find, entries } = await newProject()
  for (let batch = 0; batch < 3; batch += 1) {
    await store(Array.from({ length: 400 }, () => response({ visitor: 'me', nps: 5 })))
  }
  expect(await erase(visitor('me'))).toMatchObject({ responses: 1200 })
  expect(await find()).toEqual([])
  expect((await entries()).map(({ details }) => details.responses)).toEqual([200, 500, 500])
})

test('answers may grow, come and be erased at the same time: nobody fails, and what is left is counted', async () => {
  const { response, display, store, erase, count, find } = await newProject()
  const rows = Array.from({ length: 40 }, (_, n) => response({ visitor: `v${n % 4}`, nps: n % 11 }))
  const displays = rows.map(({ id }) => display('shown', { id }))
  await store(rows, displays)
  const grow = async (from: number) => {
    for (let seq = 2; seq < 22; seq += 1) {
      const some = rows.filter((_, n) => (n + seq + from) % 3 > 0)
      await store(
        some.map((row) => ({ ...row, seq, nps: seq % 11 })),
        some.map(({ id }) => display(seq % 2 ? 'seen' : 'started', { id })),
      )
    }
  }
  const eraseAll = async () => {
    for (let round = 0; round < 6; round += 1) {
      for (let n = 0; n < 4; n += 1) await erase(visitor(`v${n}`))
      await sweepErased(db())
    }
  }
  await Promise.all([grow(0), grow(1), eraseAll(), eraseAll()])
  for (let n = 0; n < 4; n += 1) await erase(visitor(`v${n}`))
  expect(await find()).toEqual([])
  expect((await count()).every((value) => value === 0)).toBe(true)
})

test('an erasure that fails half-way leaves nothing: no entry, and every row', async () => {
  const { answer, projectId, find, entries } = await newProject()
  const { id } = await answer({ visitor: 'me' })
  const actor = 'k'.repeat(65)
  const person = { ...visitor('me'), reference: 'x' }
  await expect(erasePerson(db(), { projectId, actor }, person)).rejects.toMatchObject({
    code: '22001',
  })
  expect(await find('parcel')).toEqual([id])
  expect(await entries()).toEqual([])
  expect(await db().selectFrom('erasures').selectAll().where('project_id', '=', projectId).execute()).toEqual(
    [],
  )
})

test('the audit log has neither an id of a person nor a word of theirs', async () => {
  const { answer, erase, projectId } = await newProject()
  await answer({ visitor: 'visitor-1', subject: 'jane@shop.example', answers: { why: 'parcel late' } })
  await erase(visitor('visitor-1'))
  await erase(subject('jane@shop.example'))
  const log = JSON.stringify(await listAudit(db(), projectId))
  for (const secret of ['visitor-1', 'jane', 'parcel']) expect(log).not.toContain(secret)
})

describe('with the rights of one project only', () => {
  // Takes the role on the database of this file.
  async function asProject<Result>(projectId: string, work: (own: Kysely<Database>) => Promise<Result>) {
    const { connectionString } = poolOf(db()).options
    const limited = openDatabase({ url: connectionString ?? '', application: 'heed tests', role: 'query' })
    try {
      return await work(forProject(limited, projectId))
    } finally {
      await limited.destroy()
    }
  }

  test('a person is counted, copied and erased, and the audit log is read and written', async () => {
    const [{ answer, projectId, find, count }, other] = [await newProject(), await newProject()]
    await answer({ visitor: 'me', nps: 3 })
    const theirs = await other.answer({ visitor: 'me' })
    await storeRejects(db(), projectId, [reject({ visitor: 'me' })])
    const person = { ...visitor('me'), reference: 'reference' }
    const all = { responses: 1, displays: 1, screenshots: 1, rejects: 1 }
    await asProject(projectId, async (own) => {
      expect(await countPerson(own, projectId, person)).toEqual(all)
      const lists: string[] = []
      for await (const { list } of copyPerson(own, projectId, person)) lists.push(list)
      expect(lists).toEqual(['responses', 'displays', 'screenshots', 'rejects'])
      expect(await erasePerson(own, { projectId, actor: 'key_1' }, person)).toEqual(all)
      expect(await erasePerson(own, { projectId, actor: 'key_1' }, person)).toEqual(nothing)
      const entries = (await listAudit(own, projectId, { target: 'reference' })).data
      expect(entries.map(({ details }) => details)).toEqual([nothing, all])
      // Without the first wall: another project's are not there.
      expect(await erasePerson(own, { projectId, actor: 'key_1' }, { ...person, kind: 'subject' })).toEqual(
        nothing,
      )
      expect((await listAudit(own, other.projectId)).data).toEqual([])
    })
    expect(await find()).toEqual([])
    expect((await count())[3]).toBe(0)
    expect(await other.find()).toEqual([theirs.id])
  })

  test('the audit log can be added to, for this project, and nothing else', async () => {
    const [{ projectId }, other] = [await newProject(), await newProject()]
    await asProject(projectId, async (own) => {
      const denied = 'permission denied for table audit_log'
      await expect(sql`update audit_log set actor = 'x'`.execute(own)).rejects.toThrow(denied)
      await expect(sql`delete from audit_log`.execute(own)).rejects.toThrow(denied)
      await expect(sql`truncate audit_log`.execute(own)).rejects.toThrow(denied)
      await expect(
        writeAudit(own, { projectId: other.projectId, actor: 'x' }, { action: 'key.created' }),
      ).rejects.toThrow('row-level security')
    })
  })
})
