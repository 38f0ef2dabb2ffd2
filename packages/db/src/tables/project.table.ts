import type { Project, ProjectSettings } from '@heed/contract'
import type { ColumnType, Generated } from 'kysely'

export interface ProjectTable {
  id: string
  name: string
  status: Generated<Project['status']>
  public_key: string
  settings: ColumnType<ProjectSettings, string, string>
  created_at: Generated<Date>
  updated_at: Generated<Date>
}
