import type { PageEvent } from '@heed/contract'
import type { AdapterModule } from '../../src/core/adapter-interface.ts'
import { toPageEvent } from '../../src/core/keeper/page-event.ts'

/** Starts an adapter; `events` is what surveys and answers see of what it hears. */
export function hear(start: AdapterModule['start']): { events: PageEvent[]; stop(): void } {
  const events: PageEvent[] = []
  const life = new AbortController()
  start((name, properties) => events.push(toPageEvent(name, properties, true)), life.signal)
  return { events, stop: () => life.abort() }
}

/** Lets what was promised happen. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
