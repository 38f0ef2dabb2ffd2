import type { HeedEventDetail } from '../api-types.ts'
import { after, listen } from '../listen.ts'
import { life, options } from './link.ts'
import { outcomeOf } from './outcome.table.ts'
import { request } from './pristine.ts'

const maxTries = 6
const firstBackOffMs = 1_000
const maxBackOffMs = 300_000
/** Half a megabyte from a slow connection. */
const timeoutMs = 60_000

/** Sends a picture until the server has it, will not have it, or this page has tried often enough. */
const send = async (id: string, picture: Blob, tries = 1): Promise<void> => {
  const abort = new AbortController()
  const stop = after(timeoutMs, () => abort.abort(), life)
  let status = 0
  let waitMs = Math.random() * Math.min(maxBackOffMs, firstBackOffMs * 2 ** tries)
  try {
    const reply = await request(`${options.host}/v1/screenshots/${options.key}/${id}`, {
      method: 'POST',
      body: picture,
      credentials: 'omit',
      redirect: 'manual',
      signal: abort.signal,
    })
    status = reply.status
    waitMs = Math.max(waitMs, 1000 * Number(reply.headers.get('retry-after')) || 0)
  } catch {
    status = -1
  }
  stop()
  const outcome = outcomeOf(status)
  if ((outcome === 'later' || outcome === 'network') && tries < maxTries)
    after(waitMs, () => send(id, picture, tries + 1), life)
}

/** Ends the wait of each picture for its response. */
const waiting = new Map<string, AbortController>()

/**
 * Sends the picture of a response once the server has that, from this page: it is not kept on the device, where there
 * is no room for pictures. The latest one, and none when there is none any more.
 */
export const sendPicture = (id: string, picture: Blob | undefined): void => {
  waiting.get(id)?.abort()
  waiting.delete(id)
  if (!picture) return
  const stop = new AbortController()
  waiting.set(id, stop)
  const onStored = (event: Event) => {
    if ((event as CustomEvent<HeedEventDetail>).detail.id !== id) return
    sendPicture(id, undefined)
    send(id, picture)
  }
  listen(document, 'heed:stored', onStored, stop.signal)
  listen(life, 'abort', () => stop.abort(), stop.signal)
}
