import { readFileSync } from 'node:fs'
import type { SurveyDefinition } from '@heed/contract'

// Read and not imported: a JSON module's type widens every literal ("on": string), so it would need a cast either way.
const read = (key: string): SurveyDefinition =>
  JSON.parse(readFileSync(new URL(`./${key}.json`, import.meta.url), 'utf8'))

/** The demo shop's surveys: four that ask at a moment, three that wait to be used. */
export const demoSurveys: SurveyDefinition[] = [
  'post-purchase-nps',
  'product-csat',
  'checkout-ces',
  'cart-exit',
  'product-helpful',
  'shop-feedback',
  'after-delivery',
].map(read)
