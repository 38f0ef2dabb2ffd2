import type { Project } from '@heed/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { projectRecord } from './project-record.ts'

/** Every project of this installation, oldest first. */
export async function listProjects(db: Kysely<Database>): Promise<Project[]> {
  const rows = await db.selectFrom('projects').selectAll().orderBy('created_at').orderBy('id').execute()
  return rows.map(projectRecord)
}
