/** The states of one display, in order; `dismissed` and `snoozed` end it early. Definitions: see the glossary. */
export const displayStates = [
  'eligible',
  'shown',
  'seen',
  'started',
  'answered',
  'completed',
  'dismissed',
  'snoozed',
] as const
export type DisplayState = (typeof displayStates)[number]

/** What `heed.on()` reports: the display states, and `stored` when the server has acknowledged. */
export type HeedEventName = DisplayState | 'stored'

/** A page event in canonical words (GA4 e-commerce names), everything a shop pushed beyond this dropped. */
export interface PageEvent {
  name: string
  value?: number
  currency?: string
  itemIds?: string[]
  itemCount?: number
  categories?: string[]
  coupon?: string
  transactionId?: string
  searchTerm?: string
  [property: string]: string | number | boolean | string[] | undefined
}

export type Device = 'phone' | 'tablet' | 'desktop'
