import type { Device } from '@heed/contract'
import type { Generated } from 'kysely'

export interface DisplayTable {
  project_id: string
  id: string
  survey_id: string
  survey_version: number
  received_at: Date
  /** Bit n is set when the display reached `displayStates[n]`. */
  states: number
  locale: string | null
  device: Device | null
  country: string | null
  page: string | null
  event: string | null
  test: boolean
  suspicious: Generated<boolean>
}
