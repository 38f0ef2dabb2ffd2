import { options } from '../core/settings.ts'
import type { Parts } from './parts-type.ts'

/** Each part is a chunk of its own in the app's bundle, fetched from where the app's other chunks lie. */
declare const HEED_IMPORTS: Record<string, (() => Promise<unknown>) | undefined>

/** Stands in for `core/import-part.ts`. Asking once more after a failure is the bundler's business. */
export const importPart = async (name: string): Promise<unknown> =>
  (options as { parts?: Parts }).parts?.[name] ??
  HEED_IMPORTS[name]?.() ??
  (await import('./import-rare-part.ts')).importRarePart(name)
