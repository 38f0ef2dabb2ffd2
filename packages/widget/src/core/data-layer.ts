import type { ConsentState } from './api-types.ts'
import { setGoogleConsent } from './consent.ts'
import type { RawEvent } from './keeper-interface.ts'
import { safely } from './safely.ts'
import { life, options } from './settings.ts'

interface Entry extends Record<string, unknown> {
  [index: number]: unknown
  event?: string
}

/**
 * Listens to what the shop pushes to its data layer, beginning with what is already there, and never pushes itself.
 * `gtag()` pushes its `arguments` object; command arrays, functions and Google's own `gtm.*` events are not for us.
 */
export const tapDataLayer = (
  onEvent: (...raw: RawEvent) => void,
  onConsent: (isWithdrawn: boolean) => void,
): void => {
  const { signal } = life
  const name = options.datalayer ?? 'dataLayer'
  const globals = window as unknown as Record<string, unknown[]>
  globals[name] ??= []
  const layer = globals[name]
  const handle = safely((entry: Entry) => {
    if (signal.aborted || Array.isArray(entry)) return
    const name = entry[1] as string
    const parameters = entry[2] as Record<string, unknown>
    if (entry[0] === 'event') onEvent(name, parameters)
    else if (entry[0] === 'consent') {
      const answer = parameters.analytics_storage as ConsentState
      const isDefault = name === 'default'
      setGoogleConsent(answer, isDefault, !!parameters.region)
      onConsent(!isDefault)
    } else if (entry.event && !/^gtm\./.test(entry.event)) onEvent(entry.event, entry)
  })
  layer.forEach(handle as never)
  const push = layer.push
  // Stays when Heed ends, as others may have wrapped it since; it then only passes on.
  layer.push = function (this: unknown, ...entries: never[]) {
    // The page's own order first; ours in a task of its own, so that nothing of ours delays or breaks a push.
    const length = push.apply(this as never, entries)
    for (const entry of entries) queueMicrotask(() => handle(entry))
    return length
  }
}
