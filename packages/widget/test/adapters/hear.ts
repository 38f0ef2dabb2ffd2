import type { PageEvent } from '@heed/contract'
import { withPlainWords } from '../../src/adapters/plain-words.ts'
import type { AdapterModule } from '../../src/core/adapter-interface.ts'
import { toPageEvent } from '../../src/core/keeper/page-event.ts'

/** Starts an adapter; `events` is what surveys and answers see of what it hears. */
export function hear(start: AdapterModule['start']): { events: PageEvent[]; stop(): void } {
  const events: PageEvent[] = []
  const life = new AbortController()
  const emit = (name: string, properties?: Record<string, unknown>) => {
    events.push(toPageEvent(name, properties, true))
  }
  start(withPlainWords(emit), life.signal)
  return { events, stop: () => life.abort() }
}

/** Lets what was promised happen. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
