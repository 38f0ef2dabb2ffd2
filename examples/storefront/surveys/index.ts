import { readFileSync } from 'node:fs'
import type { SurveyDefinition } from '@heed/contract'

// Read and not imported: a JSON module's type widens every literal ("on": string), so it would need a cast either way.
const read = (key: string): SurveyDefinition =>
  JSON.parse(readFileSync(new URL(`./${key}.json`, import.meta.url), 'utf8'))

/** The demo shop's four surveys. */
export const demoSurveys: SurveyDefinition[] = [
  'post-purchase-nps',
  'product-csat',
  'checkout-ces',
  'cart-exit',
].map(read)
