import type { Kysely } from 'kysely'
import type pg from 'pg'
import { commentVector } from '../comments/comment-vector.ts'
import { commentOf, surveyMark } from '../comments/comment-words.ts'
import type { Database } from '../database.ts'
import { poolOf } from '../open-database.ts'
import { keyOf, mergeDisplays, mergeLosses, mergeResponses } from './merge-rows.ts'
import type { DisplayRow, LossRow, ResponseRow } from './rows.ts'
import { allChanged, storeStatement } from './store-statement.ts'

/** Rows of any number of requests and projects, in order of arrival. */
export interface Batch {
  responses: readonly ResponseRow[]
  displays: readonly DisplayRow[]
  losses: readonly LossRow[]
}

export interface BatchResult {
  /**
   * The rows of `batch.responses` (the very objects) that were inserted or made their response grow. Every other
   * one changed nothing: a repeat, an older `seq`, completed before, past 24 hours, or the id of another survey.
   */
  stored: ReadonlySet<ResponseRow>
}

/**
 * Writes a batch in one statement, so in one commit: when this resolves everything is on disk, when it rejects
 * nothing is, as far as is known. `failureKind` says what an error means; when it is the data's, the caller splits the batch.
 * A response grows while it is not completed, by a higher `seq`, within 24 hours, for the same survey. States of a
 * display add up. A loss is stored once.
 */
export async function storeBatch(db: Kysely<Database>, batch: Batch): Promise<BatchResult> {
  const { rows, accepted } = mergeResponses(batch.responses)
  const displays = mergeDisplays(batch.displays)
  const losses = mergeLosses(batch.losses)
  const comments = rows.flatMap(commentRow)
  const grown = rows.filter(({ seq }) => seq > 1).map(growthRow)
  const parts = [rows.map(withoutNulls), grown, comments, displays, losses].map((part) =>
    part.length > 0 ? JSON.stringify(part) : undefined,
  )
  if (parts.every((part) => part === undefined)) return { stored: new Set() }

  const statement = storeStatement({
    responses: rows.length > 0,
    growth: grown.length > 0,
    comments: comments.length > 0,
    displays: displays.length > 0,
    losses: losses.length > 0,
  })
  const values: unknown[] = parts.filter((part) => part !== undefined)
  if (rows.length > 0) values.push(rows.length)
  const changed = await runPrepared(db, { ...statement, values })
  if (changed[0] === allChanged) return { stored: new Set(accepted) }
  const keys = new Set(changed)
  return { stored: new Set(accepted.filter((row) => keys.has(keyOf(row)))) }
}

/** A member that is not sent is null there; one that is costs both sides its reading. */
function withoutNulls(row: ResponseRow): object {
  return {
    ...row,
    textKeys: undefined,
    subject: row.subject ?? undefined,
    nps: row.nps ?? undefined,
    csat: row.csat ?? undefined,
    ces: row.ces ?? undefined,
    gcr: row.gcr ?? undefined,
    suspicion: row.suspicion || undefined,
  }
}

function growthRow({ projectId, id, visitor, surveyVersion, suspicion }: ResponseRow) {
  return { projectId, id, visitor: visitor ?? undefined, surveyVersion, suspicion }
}

function commentRow({ projectId, id, surveyId, answers, textKeys = [] }: ResponseRow) {
  const comment = commentOf(answers, textKeys)
  const words = comment === '' ? '' : commentVector(surveyMark(projectId, surveyId), comment)
  return words === '' ? [] : [{ projectId, id, words }]
}

/** Runs a named statement: parsed and planned once a connection. Returns the first column. */
async function runPrepared(db: Kysely<Database>, query: pg.QueryConfig): Promise<string[]> {
  const client = await poolOf(db).connect()
  try {
    const result = await client.query<string[]>({ ...query, rowMode: 'array' })
    return result.rows.map((row) => row[0] ?? '')
  } finally {
    client.release()
  }
}
