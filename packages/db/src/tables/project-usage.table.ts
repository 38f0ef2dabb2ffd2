import type { ColumnType } from 'kysely'

/** What a project stored on one day, UTC. */
export interface ProjectUsageTable {
  project_id: string
  day: Date
  rows: ColumnType<string, number, number>
  bytes: ColumnType<string, number, number>
}
