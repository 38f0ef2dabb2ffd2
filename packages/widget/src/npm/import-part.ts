import { options } from '../core/settings.ts'
import type { Parts } from './part-names.ts'

/** Each part is a chunk of its own in the app's bundle, fetched from where the app's other chunks lie. */
const imports: Record<string, () => Promise<unknown>> = {
  'adapter-adobe-commerce': () => import('../entries/adapter-adobe-commerce.ts'),
  'adapter-bigcommerce': () => import('../entries/adapter-bigcommerce.ts'),
  'adapter-prestashop': () => import('../entries/adapter-prestashop.ts'),
  'adapter-segment': () => import('../entries/adapter-segment.ts'),
  'adapter-shopify': () => import('../entries/adapter-shopify.ts'),
  'adapter-woocommerce': () => import('../entries/adapter-woocommerce.ts'),
  adapters: () => import('../entries/adapters.ts'),
  consent: () => import('../entries/consent.ts'),
  keeper: () => import('../entries/keeper.ts'),
  more: () => import('../entries/more.ts'),
  panel: () => import('../entries/panel.ts'),
  surfaces: () => import('../entries/surfaces.ts'),
}

/** Stands in for `core/import-part.ts`. Asking once more after a failure is the bundler's business. */
export const importPart = async (name: string): Promise<unknown> =>
  (options as { parts?: Parts }).parts?.[name as keyof Parts] ?? imports[name]?.()
