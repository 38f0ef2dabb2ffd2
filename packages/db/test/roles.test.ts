import {
  createProject,
  createSurvey,
  type Database,
  forProject,
  projectSecret,
  rollUp,
  storeBatch,
  storeEventNames,
  storeRejects,
  storeScreenshot,
} from '@heed/db'
import fc from 'fast-check'
import { type Kysely, sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { grants } from '../src/roles/grants.ts'
import { makeDefinition, rowsOf } from './make-rows.ts'
import { useHandles } from './use-database.ts'

const handles = useHandles({ poolSize: 3 })

/** A project with a row in every table that has projects. */
async function fillProject(): Promise<string> {
  const { owner, ingest } = handles()
  const { project } = await createProject(owner, { name: 'Shop' })
  const survey = await createSurvey(owner, project.id, makeDefinition())
  await sql`insert into survey_versions (project_id, survey_id, version, definition)
    values (${project.id}, ${survey.id}, 1, '{}')`.execute(owner)
  const rows = rowsOf(project.id, survey.id)
  const answer = rows.response({ nps: 9, answers: { why: 'late parcel' }, textKeys: ['why'], visitor: 'v' })
  await storeBatch(ingest, {
    responses: [answer],
    displays: [rows.display('shown')],
    losses: [rows.loss()],
  })
  const ofPages = forProject(ingest, project.id)
  const picture = { type: 'image/png', width: 1, height: 1, image: Buffer.from('x') } as const
  expect(await storeScreenshot(ofPages, project.id, answer.id, picture)).toBe('stored')
  await storeEventNames(ofPages, project.id, ['purchase'])
  const reject = {
    reason: 'invalid_item',
    detail: 'seq',
    sdk: '1.0.0',
    kind: 'response',
    surveyId: null,
  } as const
  await storeRejects(ofPages, project.id, [
    { ...reject, responseId: null, visitor: null, subject: null, item: '{}' },
  ])
  await projectSecret(owner, project.id, 'redaction')
  for (const rest of [
    sql`into project_usage values (current_date, 1, 1, ${project.id})`,
    sql`into unsettled_visitors (project_id, survey_id, visitor) values (${project.id}, ${survey.id}, 'v')`,
    sql`into erasures values (${project.id}, 'visitor', 'somebody', now())`,
    sql`into erased_responses values (${project.id}, gen_random_uuid(), now())`,
  ]) {
    await sql`insert ${rest}`.execute(owner)
  }
  return project.id
}

interface Relation {
  name: string
  /** The column that says whose a row is. */
  column: 'id' | 'project_id'
}

/** Every table that has rows of projects. */
async function tablesOfProjects(): Promise<Relation[]> {
  const { rows } = await sql<Relation>`
    select c.relname as name, a.attname as "column" from pg_class c
      join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
        and a.attname = case c.relname when 'projects' then 'id' else 'project_id' end
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`.execute(
    handles().owner,
  )
  return rows
}

const projectsIn = async (db: Kysely<Database>, { name, column }: Relation): Promise<string[]> => {
  const { rows } = await sql<{ project: string }>`
    select distinct ${sql.ref(column)} as project from ${sql.table(name)} order by 1`.execute(db)
  return rows.map(({ project }) => project)
}

const code = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error as { code?: string }).code,
  )
const denied = '42501'

let ours = ''
let theirs = ''
beforeAll(async () => {
  ours = await fillProject()
  theirs = await fillProject()
  const { owner } = handles()
  await rollUp(owner, { until: new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000) })
  await sql`insert into changed_hours (project_id, survey_id, hour)
    select project_id, survey_id, now() from rolled_surveys`.execute(owner)
})

test('every table and every view has its decision, and no role may do more or less than it says', async () => {
  const { rows } = await sql<{ name: string; role: string; has: string[] }>`
    select c.relname as name, role.name as role, array(
        select verb from unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) verb
        where has_table_privilege(role.oid, c.oid, verb)
          or verb in ('select', 'insert', 'update', 'references') and has_any_column_privilege(role.oid, c.oid, verb)
      ) as has
    from pg_class c
      cross join (
        select oid, split_part(rolname, '_', 2) as name from pg_roles where rolname ~ '^heed_(query|ingest)_'
          and pg_has_role(rolname, 'member')
          and rolname like '%\\_' || (select pg_get_userbyid(relowner) from pg_class where relname = 'projects')
      ) role
    where c.relkind in ('r', 'p', 'v') and c.relnamespace = 'public'::regnamespace
      and c.relname not like '%migration%'`.execute(handles().owner)
  const names = new Set(rows.map(({ name }) => name))
  expect([...names].sort()).toEqual(Object.keys(grants).sort())
  for (const { name, role, has } of rows) {
    const decided = grants[name as keyof typeof grants][role as 'query' | 'ingest'] ?? {}
    expect([name, role, has.sort()]).toEqual([name, role, Object.keys(decided).sort()])
  }
})

test('without a project nothing of any is seen, with one nothing of another, in every table', async () => {
  const tables = await tablesOfProjects()
  const both = [ours, theirs].sort()
  for (const table of tables) {
    expect([table.name, await projectsIn(handles().owner, table)]).toEqual([
      table.name,
      expect.arrayContaining(both),
    ])
    for (const role of ['query', 'ingest'] as const) {
      const mayRead = grants[table.name as keyof typeof grants][role]?.select
      const forgotten = () => projectsIn(handles()[role], table)
      const bound = () => projectsIn(forProject(handles()[role], ours), table)
      if (mayRead) {
        expect([table.name, await forgotten()]).toEqual([table.name, []])
        expect([table.name, await bound()]).toEqual([table.name, [ours]])
        expect([table.name, await forgotten()]).toEqual([table.name, []])
      } else {
        expect([table.name, await code(forgotten())]).toEqual([table.name, denied])
        expect([table.name, await code(bound())]).toEqual([table.name, denied])
      }
    }
  }
})

test('a change or a deletion without any condition leaves the rows of other projects alone', async () => {
  const undone = new Error('undone')
  for (const { name, column } of await tablesOfProjects()) {
    for (const role of ['query', 'ingest'] as const) {
      const rights = grants[name as keyof typeof grants][role] ?? {}
      const [first = ''] = Array.isArray(rights.update) ? rights.update : []
      const changes = [
        rights.delete && sql`delete from ${sql.table(name)}`,
        rights.update && sql`update ${sql.table(name)} set ${sql.ref(first)} = ${sql.ref(first)}`,
      ].filter((change) => change !== undefined)
      for (const change of changes) {
        const ended = forProject(handles()[role], ours)
          .transaction()
          .execute(async (trx) => {
            const { rows } = await sql<{ project: string }>`
              ${change} returning ${sql.ref(column)} as project`.execute(trx)
            expect([name, [...new Set(rows.map(({ project }) => project))]]).toEqual([name, [ours]])
            throw undone
          })
        await expect(ended).rejects.toBe(undone)
      }
    }
  }
})

test('a row of another project cannot be added', async () => {
  const { query, ingest } = handles()
  const name = sql`insert into event_names (project_id, name) values (${theirs}, 'forged')`
  const version = sql`insert into survey_versions (project_id, survey_id, version, definition) values (${theirs}, 'x', 1, '{}')`
  expect(await code(name.execute(forProject(ingest, ours)))).toBe(denied)
  expect(await code(version.execute(forProject(query, ours)))).toBe(denied)
})

test('ingest adds and grows, and reads no answer, text, setting or secret', async () => {
  const { ingest, owner } = handles()
  const pages = forProject(ingest, ours)
  for (const column of ['answers', 'context', 'note', 'tags', 'nps', 'visitor', 'subject', 'page']) {
    const ask = sql`select ${sql.ref(column)} from responses`
    expect([column, await code(ask.execute(pages))]).toEqual([column, denied])
  }
  for (const table of [
    'comments',
    'surveys',
    'projects',
    'secret_keys',
    'project_secrets',
    'server_secrets',
  ]) {
    expect([table, await code(sql`select * from ${sql.table(table)}`.execute(pages))]).toEqual([
      table,
      denied,
    ])
  }
  expect(await code(sql`select image from screenshots`.execute(pages))).toBe(denied)
  expect(await code(sql`select item from rejects`.execute(pages))).toBe(denied)
  for (const view of Object.keys(grants).filter((name) => name.startsWith('incoming_'))) {
    expect([view, (await sql`select * from ${sql.table(view)}`.execute(ingest)).rows]).toEqual([view, []])
  }

  const survey = await createSurvey(owner, ours, makeDefinition())
  const { response } = rowsOf(ours, survey.id)
  const first = response({ answers: { nps: 3 } })
  const store = async (row: typeof first) =>
    (await storeBatch(ingest, { responses: [row], displays: [], losses: [] })).stored.size
  expect(await store(first)).toBe(1)
  expect(await store({ ...first, seq: 2, answers: { nps: 4 }, completed: true })).toBe(1)
  expect(await store({ ...first, seq: 3, answers: { nps: 5 } })).toBe(0)
  for (const relation of ['responses', 'incoming_responses']) {
    for (const change of [
      sql`update ${sql.table(relation)} set answers = '{}'`,
      sql`delete from ${sql.table(relation)}`,
    ]) {
      await change.execute(ingest).catch((error: unknown) => expect(error).toMatchObject({ code: denied }))
    }
  }
  const kept = await owner.selectFrom('responses').select('answers').where('id', '=', first.id).execute()
  expect(kept).toEqual([{ answers: { nps: 4 } }])
})

test('connections go from project to project, whatever happens to them, and never take a row along', async () => {
  const { query } = handles()
  const boom = new Error('boom')
  const uses = ['read', 'fail', 'commit', 'roll back', 'lose the connection'] as const
  const use = async (kind: (typeof uses)[number], db: Kysely<Database>, expected: string[]) => {
    const look = async (handle: Kysely<Database>) =>
      expect(await projectsIn(handle, { name: 'surveys', column: 'project_id' })).toEqual(expected)
    if (kind === 'fail') expect(await code(sql`select nothing`.execute(db))).toBe('42703')
    if (kind === 'lose the connection') {
      const lost = db.connection().execute(async (connection) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(connection)
        await sql`select pg_terminate_backend(${rows[0]?.pid}, 5000)`.execute(handles().owner)
        await look(connection)
      })
      await expect(lost).rejects.toThrow()
    }
    if (kind === 'commit') await db.transaction().execute(look)
    if (kind === 'roll back') {
      const ended = db.transaction().execute(async (trx) => {
        await look(trx)
        throw boom
      })
      await expect(ended).rejects.toBe(boom)
    }
    await look(db)
  }
  const step = fc.record({
    kind: fc.constantFrom(...uses),
    whose: fc.constantFrom('ours', 'theirs', 'nobody'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 24 }), async (steps) => {
      await Promise.all(
        steps.map(({ kind, whose }) => {
          if (whose === 'nobody') return use(kind, query, [])
          const project = whose === 'ours' ? ours : theirs
          return use(kind, forProject(query, project), [project])
        }),
      )
    }),
    { numRuns: 25 },
  )
})
