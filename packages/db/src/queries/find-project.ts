import type { Project } from '@heed/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { projectRecord } from './project-record.ts'

export async function findProject(db: Kysely<Database>, projectId: string): Promise<Project | undefined> {
  const row = await db.selectFrom('projects').selectAll().where('id', '=', projectId).executeTakeFirst()
  return row && projectRecord(row)
}

/** The project whose pages carry this key. Paused ones too: the caller answers differently for them. */
export async function findProjectByPublicKey(
  db: Kysely<Database>,
  publicKey: string,
): Promise<Project | undefined> {
  const query = db.selectFrom('projects').selectAll().where('public_key', '=', publicKey)
  const row = await query.executeTakeFirst()
  return row && projectRecord(row)
}
