import type { Kysely } from 'kysely'
import type pg from 'pg'
import type { Database } from '../database.ts'
import { poolOf } from '../open-database.ts'
import { ArrayWriter } from './array-writer.ts'
import { keyOf, mergeDisplays, mergeLosses, mergeResponses } from './merge-rows.ts'
import { type Column, commentColumns, commentRows, responseColumns } from './response-columns.ts'
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
  const comments = commentRows(rows)
  const grown = rows.filter(({ seq }) => seq > 1).map(growthRow)
  const has = {
    responses: rows.length > 0,
    growth: grown.length > 0,
    comments: comments.length > 0,
    displays: displays.length > 0,
    losses: losses.length > 0,
  }
  if (!has.responses && !has.displays && !has.losses) return { stored: new Set() }
  const writer = idleWriters.pop() ?? new ArrayWriter()
  const values: unknown[] = []
  if (has.responses) values.push(...arraysOf(writer, responseColumns, rows))
  if (has.growth) values.push(JSON.stringify(grown))
  if (has.comments) values.push(...arraysOf(writer, commentColumns, comments))
  if (has.displays) values.push(JSON.stringify(displays))
  if (has.losses) values.push(JSON.stringify(losses))
  if (has.responses) values.push(rows.length)
  const changed = await runPrepared(db, { ...storeStatement(has), values })
  writer.clear()
  idleWriters.push(writer)
  if (changed[0] === allChanged) return { stored: new Set(accepted) }
  const keys = new Set(changed)
  return { stored: new Set(accepted.filter((row) => keys.has(keyOf(row)))) }
}

/**
 * Their rooms are kept for later batches: as many as were stored at a time. The driver reads a batch when its connection
 * is ready for it, which may be later, so a writer is back here only once its batch is stored. One whose batch failed is
 * left to the collector: a statement that was given up may still wait to be sent.
 */
const idleWriters: ArrayWriter[] = []

const arraysOf = <Row>(
  writer: ArrayWriter,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Buffer[] => columns.map(({ type, read }) => writer.write(type, rows, read))

function growthRow({ projectId, id, visitor, surveyVersion, suspicion }: ResponseRow) {
  return { projectId, id, visitor: visitor ?? undefined, surveyVersion, suspicion }
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
