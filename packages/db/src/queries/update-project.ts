import type { Project, ProjectSettings } from '@heed/contract'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { projectRecord } from './project-record.ts'

/** Members that are absent stay as they are; so does each absent setting. */
export interface ProjectPatch {
  name?: string
  status?: Project['status']
  settings?: Partial<ProjectSettings>
}

/** The changed project, or undefined when there is none of this id. */
export async function updateProject(
  db: Kysely<Database>,
  projectId: string,
  { name, status, settings }: ProjectPatch,
): Promise<Project | undefined> {
  const row = await db
    .updateTable('projects')
    .set({
      ...(name !== undefined && { name }),
      ...(status !== undefined && { status }),
      ...(settings && { settings: sql<string>`settings || ${JSON.stringify(settings)}::jsonb` }),
      updated_at: sql<Date>`now()`,
    })
    .where('id', '=', projectId)
    .returningAll()
    .executeTakeFirst()
  return row && projectRecord(row)
}
