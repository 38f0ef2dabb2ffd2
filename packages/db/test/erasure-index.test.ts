import {
  copyPerson,
  countPerson,
  createProject,
  createSurvey,
  erasePerson,
  type Person,
  sweepErased,
} from '@heed/db'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { makeDefinition } from './make-rows.ts'
import { useDatabase } from './use-database.ts'

// One connection: its own figures of what was read are complete when it says so.
const db = useDatabase({ poolSize: 1, statementTimeoutMs: 60_000 })

/** How often each large table was read from one end to the other. */
async function wholeReads() {
  await sql`select pg_stat_force_next_flush()`.execute(db())
  const { rows } = await sql<{ table: string; reads: number }>`
    select relname as "table", seq_scan::int as reads from pg_stat_user_tables
    where relname in ('responses', 'displays', 'comments') order by 1`.execute(db())
  return rows
}

test('a person among 200,000 answers is found, copied, erased and swept by indexes alone', async () => {
  const projectId = (await createProject(db(), { name: 'Shop' })).project.id
  const { id: surveyId } = await createSurvey(db(), projectId, makeDefinition())
  await sql`
    insert into responses (project_id, id, survey_id, survey_version, seq, occurred_at, locale, visitor, subject,
      subject_verified, completed, nps, answers, timing, context, test)
    select ${projectId}, gen_random_uuid(), ${surveyId}, 1, 1, now() - interval '1 day', 'en', 'v' || n / 4,
      'jane' || n / 8, false, true, n % 11, '{}', '{}', '{}', false
    from generate_series(1, 200000) n`.execute(db())
  await sql`insert into displays (project_id, id, survey_id, survey_version, states, test)
    select project_id, id, survey_id, 1, 7, false from responses`.execute(db())
  await sql`insert into comments (project_id, id, survey_id, received_at, seq, words)
    select project_id, id, survey_id, received_at, seq, 'word' from responses`.execute(db())
  await sql`analyze responses, displays, comments`.execute(db())
  const before = await wholeReads()
  for (const [person, responses] of [
    [{ kind: 'visitor', id: 'v100' }, 4],
    [{ kind: 'subject', id: 'jane200' }, 8],
  ] satisfies [Person, number][]) {
    let copied = 0
    for await (const { list } of copyPerson(db(), projectId, person)) copied += list === 'responses' ? 1 : 0
    expect(copied).toBe(responses)
    expect(await countPerson(db(), projectId, person)).toMatchObject({ responses, displays: responses })
    const erased = await erasePerson(db(), { projectId, actor: 'cli' }, { ...person, reference: 'x' })
    expect(erased).toMatchObject({ responses, displays: responses })
  }
  await sweepErased(db())
  expect(await wholeReads()).toEqual(before)
}, 120_000)
