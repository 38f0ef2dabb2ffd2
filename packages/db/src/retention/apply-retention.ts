import type { Project } from '@heed/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { openPatient } from '../open-database.ts'
import { listProjects } from '../queries/list-projects.ts'
import { deleteExpired } from './delete-expired.ts'
import { countExpired, type ExpiredCounts, retentionLimit } from './expired.ts'
import type { BatchOptions } from './in-short-transactions.ts'

export interface RetentionOptions extends BatchOptions {
  /** One project; all of them when absent. */
  projectId?: string
  /** Counts and deletes nothing. @default false */
  dryRun?: boolean
  /** Stands in the audit log. */
  actor: 'job' | 'cli'
}

/** What became of one project. */
export interface RetentionResult extends ExpiredCounts {
  projectId: string
  name: string
  /** ISO 8601: what came in before it is not kept any more. */
  before: string
}

/**
 * Deletes what each project does not keep any more (`settings.retentionDays`), or counts it. Projects that keep
 * everything are left out. Any number of processes may run it at once: each takes what the others have not.
 */
export async function applyRetention(
  db: Kysely<Database>,
  { projectId, dryRun = false, actor, ...batches }: RetentionOptions,
): Promise<RetentionResult[]> {
  const results: RetentionResult[] = []
  for (const project of await listProjects(db)) {
    const days = project.settings.retentionDays
    if (batches.signal?.aborted) break
    if (typeof days !== 'number' || (projectId !== undefined && project.id !== projectId)) continue
    const before = await retentionLimit(db, days)
    const counts = dryRun
      ? await count(db, project, before)
      : await deleteExpired(db, { projectId: project.id, before, actor }, batches)
    results.push({ projectId: project.id, name: project.name, before: before.toISOString(), ...counts })
  }
  return results
}

/** Nobody waits for it, and a project that kept everything so far has much to count. */
async function count(db: Kysely<Database>, { id }: Project, before: Date): Promise<ExpiredCounts> {
  const patient = openPatient(db)
  try {
    return await countExpired(patient, id, before)
  } finally {
    await patient.destroy()
  }
}
