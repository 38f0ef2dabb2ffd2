import type { Project, ProjectSettings } from '@heed/contract'
import type { Kysely } from 'kysely'
import { writeAudit } from '../audit/write-audit.ts'
import type { Database } from '../database.ts'
import { newId, newPublicKey } from '../ids.ts'
import { createSecretKey } from './create-secret-key.ts'
import { defaultSettings, projectRecord } from './project-record.ts'

export interface NewProject {
  name: string
  settings?: Partial<ProjectSettings>
  /** Who makes it, for its audit log. @default 'cli' */
  actor?: string
}

/** A project with its public key and a first secret key of every scope. The secret is not stored: show it now. */
export async function createProject(
  db: Kysely<Database>,
  { name, settings, actor = 'cli' }: NewProject,
): Promise<{ project: Project; secretKey: string; keyId: string }> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .insertInto('projects')
      .values({
        id: newId('prj'),
        name,
        public_key: newPublicKey(),
        settings: JSON.stringify({ ...defaultSettings, ...settings }),
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    const key = await createSecretKey(trx, row.id, { name: 'first key', scopes: ['admin'] })
    await writeAudit(
      trx,
      { projectId: row.id, actor },
      { action: 'project.created', target: row.id, details: { key: key.id } },
    )
    return { project: projectRecord(row), secretKey: key.secretKey, keyId: key.id }
  })
}
