import type { AnswerValue, SurveyDefinition } from '@heed/contract'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { openPatient } from '../open-database.ts'
import { commentVector } from './comment-vector.ts'
import { commentOf, surveyMark } from './comment-words.ts'

const step = 500

interface FoundRow {
  id: string
  survey_id: string
  answers: Record<string, AnswerValue>
}

/**
 * Makes the words of every response of a project again, for search: of those that came before there was a search, or
 * before the words were taken as today. Search and ingest go on meanwhile. Returns how many comments there are.
 */
export async function rebuildComments(db: Kysely<Database>, projectId: string): Promise<number> {
  const patient = openPatient(db)
  try {
    const keys = await textKeys(patient, projectId)
    let comments = 0
    let after = '00000000-0000-0000-0000-000000000000'
    while (true) {
      const { last, written } = await rebuildStep(patient, projectId, keys, after)
      comments += written
      if (last === undefined) return comments
      after = last
    }
  } finally {
    await patient.destroy()
  }
}

async function rebuildStep(
  db: Kysely<Database>,
  projectId: string,
  keys: Map<string, string[]>,
  after: string,
): Promise<{ last: string | undefined; written: number }> {
  return db.transaction().execute(async (trx) => {
    // Locked in the order in which ingest locks them: no response grows while its old words are written.
    const { rows } = await sql<FoundRow>`
      select id, survey_id, answers from responses where project_id = ${projectId} and id > ${after}
      order by id limit ${step} for share`.execute(trx)
    const given = rows.flatMap(({ id, survey_id: surveyId, answers }) => {
      const comment = commentOf(answers, keys.get(surveyId) ?? [])
      const words = commentVector(surveyMark(projectId, surveyId), comment)
      return words === '' ? [] : [{ id, words }]
    })
    if (given.length > 0) {
      await sql`
        insert into comments (project_id, id, survey_id, received_at, seq, words)
        select r.project_id, r.id, r.survey_id, r.received_at, r.seq, given.words::tsvector
        from json_to_recordset(${JSON.stringify(given)}::json) as given (id uuid, words text)
          join responses r on r.project_id = ${projectId} and r.id = given.id
        on conflict (project_id, id) do update set seq = excluded.seq, words = excluded.words`.execute(trx)
    }
    return { last: rows.at(-1)?.id, written: given.length }
  })
}

/** Questions for a text that any version of a survey asked, by survey. */
async function textKeys(db: Kysely<Database>, projectId: string): Promise<Map<string, string[]>> {
  const versions = await db
    .selectFrom('survey_versions')
    .select(['survey_id', 'definition'])
    .where('project_id', '=', projectId)
    .execute()
  const bySurvey = new Map<string, string[]>()
  for (const { survey_id: surveyId, definition } of versions) {
    const questions = (definition as SurveyDefinition).questions.filter(({ kind }) => kind === 'text')
    const known = bySurvey.get(surveyId) ?? []
    bySurvey.set(surveyId, [...new Set([...known, ...questions.map(({ key }) => key)])])
  }
  return bySurvey
}
