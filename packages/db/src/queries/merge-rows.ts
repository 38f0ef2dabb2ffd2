import type { DisplayRow, ResponseRow } from './rows.ts'

// One statement may touch a row only once (SQLSTATE 21000), and two batches that overlap must lock their common
// rows in the same order or PostgreSQL ends one of them as a deadlock. So: merged, and sorted by key.

interface Keyed {
  projectId: string
  id: string
}

/** Names one row within a batch, and across projects. */
export const keyOf = (row: Keyed): string => `${row.projectId} ${row.id}`

function sortedByKey<Row>(byKey: Map<string, Row>): Row[] {
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

/**
 * Applies the rows of each response in order, by the rules that `storeBatch` applies to stored ones.
 * `rows` is what to write; `accepted` also holds the rows that a later one of the same batch grew out of.
 */
export function mergeResponses(rows: readonly ResponseRow[]): {
  rows: ResponseRow[]
  accepted: ResponseRow[]
} {
  const byKey = new Map<string, ResponseRow>()
  const accepted: ResponseRow[] = []
  for (const row of rows) {
    const key = keyOf(row)
    const kept = byKey.get(key)
    const grows = !kept || (!kept.completed && row.seq > kept.seq && row.surveyId === kept.surveyId)
    if (!grows) continue
    byKey.set(key, kept ? asSuspicious(row, kept) : row)
    accepted.push(row)
  }
  return { rows: sortedByKey(byKey), accepted }
}

/** A response that grows keeps the larger score. */
function asSuspicious(row: ResponseRow, { suspicion = 0, suspicionReasons }: ResponseRow): ResponseRow {
  return suspicion > (row.suspicion ?? 0) ? { ...row, suspicion, suspicionReasons } : row
}

/** One row a display, with every state that any of its rows reports. */
export function mergeDisplays(rows: readonly DisplayRow[]): DisplayRow[] {
  const byKey = new Map<string, DisplayRow>()
  for (const row of rows) {
    const key = keyOf(row)
    const kept = byKey.get(key)
    if (!kept) byKey.set(key, row)
    else if (kept.surveyId === row.surveyId) {
      const suspicious = kept.suspicious || row.suspicious
      byKey.set(key, { ...kept, states: kept.states | row.states, suspicious })
    }
  }
  return sortedByKey(byKey)
}

/** The first row of each id. */
export function mergeLosses<Row extends Keyed>(rows: readonly Row[]): Row[] {
  const byKey = new Map<string, Row>()
  for (const row of rows) if (!byKey.has(keyOf(row))) byKey.set(keyOf(row), row)
  return sortedByKey(byKey)
}
