import { adapterNames } from '@heed/contract'
import { withPlainWords } from '../adapters/plain-words.ts'
import { type AdapterModule, type AdaptersModule, signs } from './adapter-interface.ts'

export const start: AdaptersModule['start'] = (asked = [], emit, signal, loadPart) => {
  const found = signs.split(',').map((sign, index) => sign in window && adapterNames[index])
  for (const name of new Set([...`${asked}`.split(','), ...found]))
    if (name)
      loadPart<AdapterModule>(`adapter-${name.trim()}`)
        .then((adapter) => adapter.start(withPlainWords(emit), signal))
        // Not a name, or not to be had: the page's own events are still heard.
        .catch(() => {})
}
