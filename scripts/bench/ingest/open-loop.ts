import { type Connection, type Outcome, openConnection } from './connection.ts'
import type { LoadOrder } from './load.ts'
import { requestWriter } from './requests.ts'

/** Who has no answer by then counts as failed. */
const patienceMs = 15_000

/**
 * Requests begin at a constant rate, whatever the server does. Where all connections are busy they wait, and that counts
 * in their time, which runs from the moment they should have begun: nothing a slow server does makes it look faster.
 */
export async function openLoop(
  order: LoadOrder & { perSecond: number },
  note: (outcome: Outcome, ms: number) => void,
): Promise<void> {
  const { url, perSecond, seconds } = order
  const write = requestWriter(order)
  const opening = Array.from({ length: order.connections }, () => openConnection(url))
  const connections = await Promise.all(opening)
  const idle = [...connections]
  const total = Math.round(perSecond * seconds)
  const startedAt = performance.now()
  const dueAt = (n: number) => startedAt + (n * 1000) / perSecond
  let begun = 0
  let answered = 0
  let finish = () => {}
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })

  function send(connection: Connection, intendedAt: number): void {
    connection.send(write, (outcome) => {
      note(outcome, performance.now() - intendedAt)
      answered += 1
      if (answered === total) finish()
      if (!connection.isGone()) idle.push(connection)
      else void replace()
      sendDue()
    })
  }

  async function replace(): Promise<void> {
    const connection = await openConnection(url).catch(() => undefined)
    if (!connection) return
    connections.push(connection)
    idle.push(connection)
    sendDue()
  }

  function sendDue(): void {
    const now = performance.now()
    while (begun < total && dueAt(begun) <= now) {
      const connection = idle.pop()
      if (!connection) return
      // A server closes connections that were idle for long; nothing was asked on it, so nothing has failed.
      if (connection.isGone()) {
        void replace()
        continue
      }
      send(connection, dueAt(begun))
      begun += 1
    }
  }

  const timer = setInterval(sendDue, 1)
  const deadline = setTimeout(finish, seconds * 1000 + patienceMs)
  await finished
  clearInterval(timer)
  clearTimeout(deadline)
  for (; answered < total; answered += 1) note('failed', patienceMs)
  for (const connection of connections) connection.end()
}
