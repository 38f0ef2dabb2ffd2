import { adapterNames } from '@heed/contract'
import { withPlainWords } from '../adapters/plain-words.ts'
import { type AdapterModule, type AdaptersModule, signs } from './adapter-interface.ts'

/** What each life of Heed on this page has started; it asks again whenever something has changed. */
const started = new WeakMap<AbortSignal, Set<string>>()

export const start: AdaptersModule['start'] = (asked = [], emit, signal, loadPart) => {
  const names = started.get(signal) ?? new Set<string>()
  started.set(signal, names)
  const found = signs.split(',').map((sign, index) => sign in window && adapterNames[index])
  for (const wanted of [...`${asked}`.split(','), ...found]) {
    const name = (wanted || '').trim()
    if (!name || names.has(name)) continue
    names.add(name)
    loadPart<AdapterModule>(`adapter-${name}`)
      .then((adapter) => signal.aborted || adapter.start(withPlainWords(emit), signal))
      // Not a name, or not to be had: the page's own events are still heard.
      .catch(() => {})
  }
}
