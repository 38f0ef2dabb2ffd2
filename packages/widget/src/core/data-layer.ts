import type { ConsentState } from './api-types.ts'
import { safely } from './safely.ts'
import { state } from './state.ts'

type Properties = Record<string, unknown>

/**
 * Listens to what the shop pushes to its data layer, beginning with what is already there, and never pushes itself.
 * `gtag()` pushes its `arguments` object; command arrays, functions and Google's own `gtm.*` events are not for us.
 */
export const tapDataLayer = (
  onEvent: (name: string, properties: Properties) => void,
  onConsent: (isWithdrawn: boolean) => void,
): void => {
  const name = state._options.datalayer ?? 'dataLayer'
  const globals = window as unknown as Record<string, unknown[] | undefined>
  const layer = globals[name] ?? []
  globals[name] = layer
  const { signal } = state._life
  const handle = safely((entry: Properties & { event?: string } & Record<number, unknown>) => {
    const [command, what, parameters] = [entry[0], entry[1] as string, entry[2] as Properties]
    if (signal.aborted || Array.isArray(entry)) return
    if (command === 'consent') {
      const answer = parameters.analytics_storage as ConsentState | undefined
      // A default for some region may not be meant for this visitor: it can forbid, not allow.
      if (answer && (what === 'update' || state._googleConsent !== 'denied')) {
        if (!(parameters.region && answer === 'granted')) state._googleConsent = answer
        onConsent(what === 'update' && answer === 'denied')
      }
    } else if (command === 'event') onEvent(what, parameters)
    else if (entry.event && !/^gtm\./.test(entry.event)) onEvent(entry.event, entry)
  })
  layer.forEach(handle as never)
  const push = layer.push
  const tapped = function (this: unknown, ...entries: never[]) {
    // The page's own order first; ours in a task of its own, so that nothing of ours delays or breaks a push.
    const length = push.apply(this as never, entries)
    for (const entry of entries) queueMicrotask(() => handle(entry))
    return length
  }
  layer.push = tapped
  signal.addEventListener('abort', () => {
    // Somebody who wrapped ours still calls it; it then only passes on.
    if (layer.push === tapped) layer.push = push
  })
}
