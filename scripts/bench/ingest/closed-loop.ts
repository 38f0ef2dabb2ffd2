import { type Outcome, openConnection } from './connection.ts'
import type { LoadOrder } from './load.ts'
import { requestWriter } from './requests.ts'

/** Every connection sends again as soon as it has its reply. */
export async function closedLoop(
  order: LoadOrder,
  note: (outcome: Outcome, ms: number) => void,
): Promise<void> {
  const write = requestWriter(order)
  const opening = Array.from({ length: order.connections }, () => openConnection(order.url))
  const connections = await Promise.all(opening)
  const endsAt = performance.now() + order.seconds * 1000
  await Promise.all(
    connections.map(
      (connection) =>
        new Promise<void>((resolve) => {
          const next = () => {
            const sentAt = performance.now()
            connection.send(write, (outcome) => {
              const now = performance.now()
              note(outcome, now - sentAt)
              if (now < endsAt && !connection.isGone()) return next()
              connection.end()
              return resolve()
            })
          }
          next()
        }),
    ),
  )
}
