import type { Device, DisplayState } from './events.ts'
import type { RejectRecord, ResponseRecord } from './reports.ts'

/** What an erasure deleted, or would delete. */
export interface ErasureReport {
  /** Only counted: nothing was deleted. */
  dryRun: boolean
  /** Stands in the audit log instead of the id. */
  reference: string
  responses: number
  displays: number
  screenshots: number
  rejects: number
}

/** Everything that is kept of one visitor or subject. */
export interface PersonCopy {
  visitor?: string
  subject?: string
  responses: ResponseRecord[]
  displays: CopiedDisplay[]
  screenshots: CopiedScreenshot[]
  rejects: RejectRecord[]
}

export interface CopiedDisplay {
  /** That of its response. */
  id: string
  surveyId: string
  version: number
  receivedAt: string
  states: DisplayState[]
  locale: string | null
  device: Device | null
  country: string | null
  page: string | null
  event: string | null
}

export interface CopiedScreenshot {
  responseId: string
  receivedAt: string
  type: 'image/png' | 'image/jpeg' | 'image/webp'
  /** Pixels. */
  width: number
  height: number
  /** Base64. */
  image: string
}
