import { life } from './link.ts'

let host: HTMLElement | undefined
let frame: HTMLIFrameElement

/** A window whose builtins no script has replaced. In a shadow tree it is none of the page's `frames`. */
const cleanWindow = (): typeof globalThis => {
  if (!host?.isConnected) {
    const element = document.createElement('heed-frame')
    frame = document.createElement('iframe')
    element.style.setProperty('display', 'none', 'important')
    element.attachShadow({ mode: 'closed' }).append(frame)
    document.documentElement.append(element)
    life.addEventListener('abort', () => element.remove())
    host = element
  }
  return frame.contentWindow as never
}

const isNative = (run: unknown) => /\[native code]\s*}$/.test(Function.prototype.toString.call(run))

let clean: JSON | undefined
/** The browser's `JSON`, where a script of the page put its own in place. */
export const json = (): JSON =>
  (clean ??= isNative(JSON.parse) && isNative(JSON.stringify) ? JSON : cleanWindow().JSON)

/**
 * `fetch`; the page's own one first, as wrapping it is usual and good. The browser's does what a replacement plainly fails
 * to do: it throws, which `fetch` never does, or hands over something else than a reply.
 */
export const request: typeof fetch = async (...args) => {
  let sent: Promise<Response> | undefined
  try {
    sent = fetch(...args)
  } catch {}
  const reply = await sent
  return reply && reply.status >= 0 ? reply : cleanWindow().fetch(...args)
}
