import { fileURLToPath } from 'node:url'
import { adapterNames } from '@heed/contract'

const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url))
const kit = source('panel/kit.ts')
/** What the panel has already loaded, and hands to the parts that stand beside it. */
const fromPanel = { 'preact/jsx-runtime': kit, preact: kit, '@preact/signals': kit }

/**
 * Every part that is loaded by its name, in the order in which they are built (those before have the shorter private
 * names), and what stands in it in place of which import.
 */
export const parts: [name: string, alias: Record<string, string>][] = [
  ['panel', { '@preact/signals': source('panel/signals.ts') }],
  ['more', fromPanel],
  ['surfaces', fromPanel],
  ['keeper', {}],
  ['consent', {}],
  ['debug', {}],
  ['screenshot', {}],
  ['redaction', {}],
  ['history', {}],
  ['explain', {}],
  ['adapters', {}],
  ...adapterNames.map((name): [string, Record<string, string>] => [`adapter-${name}`, {}]),
]
