import type { ConsentState } from './api-types.ts'
import { setGoogleConsent } from './consent.ts'
import type { RawEvent } from './keeper-interface.ts'
import { safely } from './safely.ts'
import { life, options } from './settings.ts'

/** An `arguments` object of `gtag()`, or what a shop pushed itself. */
interface Entry extends Record<string, unknown> {
  0: 'event' | 'consent'
  1: string
  2: { analytics_storage?: ConsentState; region?: string[] }
  event?: string
}

/** The array's `push` stays ours when Heed ends, as others may have wrapped it since; it then only passes on. */
let isTapped = false

/**
 * Listens to what the shop pushes to its data layer, beginning with what is already there, and never pushes itself.
 * `gtag()` pushes its `arguments` object; command arrays, functions and Google's own `gtm.*` events are not for us.
 */
export const tapDataLayer = (
  onEvent: (...raw: RawEvent) => void,
  onConsent: (isWithdrawn: boolean) => void,
): void => {
  if (isTapped) return
  isTapped = true
  const name = options.datalayer ?? 'dataLayer'
  const globals = window as unknown as Record<string, unknown[]>
  globals[name] ??= []
  const layer = globals[name]
  const handle = safely((entry: Entry) => {
    if (life.signal.aborted || Array.isArray(entry)) return
    const { 0: command, 1: name, 2: parameters } = entry
    if (command === 'event') onEvent(name, parameters)
    else if (command === 'consent') {
      const answer = parameters.analytics_storage
      const isDefault = name === 'default'
      if (answer) setGoogleConsent(answer, isDefault, !!parameters.region)
      onConsent(!isDefault && answer === 'denied')
    } else if (entry.event && !/^gtm\./.test(entry.event)) onEvent(entry.event, entry)
  })
  layer.forEach(handle as never)
  const { push } = layer
  layer.push = function (this: unknown, ...entries: never[]) {
    // The page's own order first; ours in a task of its own, so that nothing of ours delays or breaks a push.
    const length = push.apply(this as never, entries)
    for (const entry of entries) queueMicrotask(() => handle(entry))
    return length
  }
}
