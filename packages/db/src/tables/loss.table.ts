import type { LossReason } from '@heed/contract'

export interface LossTable {
  project_id: string
  id: string
  reason: LossReason
  count: number
  received_at: Date
}
