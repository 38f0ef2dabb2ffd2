import type { Project, ProjectSettings } from '@heed/contract'
import type { Selectable } from 'kysely'
import type { ProjectTable } from '../tables/project.table.ts'

/** The settings of a project that was told nothing. */
export const defaultSettings: ProjectSettings = {
  origins: [],
  cooldownDays: 0,
  onePerSession: true,
  protectedUrls: [],
  queryKeys: [],
  retentionDays: 400,
}

export function projectRecord(row: Selectable<ProjectTable>): Project {
  return {
    id: row.id,
    name: row.name,
    status: row.status,
    publicKey: row.public_key,
    // A setting that is younger than the row has its default.
    settings: { ...defaultSettings, ...row.settings },
    createdAt: row.created_at.toISOString(),
  }
}
