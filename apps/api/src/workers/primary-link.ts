import cluster from 'node:cluster'
import type { Registry } from 'prom-client'
import { type FromWorker, isOurs, type ToWorker } from './messages.ts'

/** Longer than the other side waits for a worker that does not answer. */
const patienceMs = 5_000

/** The worker's end of the line to the process that started it. */
export interface PrimaryLink {
  /** Resolves when this worker shall stop, or nobody is left who could say so. */
  stopAsked: Promise<void>
  /** From now on it gives these figures away. */
  share(figures: Registry): void
  /** The figures of all workers together, as text; rejects where the other side does not answer. */
  collectFigures(): Promise<string>
  /** Resolves when it is on its way. */
  send(message: FromWorker): Promise<void>
  /** The last figures, then nothing more: the process can end. */
  leave(): Promise<void>
}

export function linkToPrimary(): PrimaryLink {
  let stop = () => {}
  const stopAsked = new Promise<void>((resolve) => {
    stop = resolve
  })
  let registry: Registry | undefined
  let waiting: ((text: string) => void)[] = []

  const send = (message: FromWorker) =>
    new Promise<void>((resolve) => {
      // Whoever is told may be gone.
      if (process.send && process.connected) process.send(message, () => resolve())
      else resolve()
    })
  const sendFigures = async () => {
    if (registry) await send({ heed: 'figures', figures: await registry.getMetricsAsJSON() })
  }

  process.on('message', (message) => {
    if (!isOurs<ToWorker>(message)) return
    if (message.heed === 'stop') stop()
    else if (message.heed === 'figuresWanted') void sendFigures()
    else for (const resolve of waiting.splice(0)) resolve(message.text)
  })
  cluster.worker?.on('disconnect', () => {
    // Node would end the process here and now; what waits for its commit is answered first.
    if (cluster.worker) cluster.worker.exitedAfterDisconnect = true
    stop()
  })

  return {
    stopAsked,
    send,
    share: (figures) => {
      registry = figures
    },
    collectFigures: () =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting = waiting.filter((one) => one !== answer)
          reject(new Error('the figures of the other workers did not come'))
        }, patienceMs)
        const answer = (text: string) => {
          clearTimeout(timer)
          resolve(text)
        }
        waiting.push(answer)
        if (waiting.length === 1) void send({ heed: 'sumWanted' })
      }),
    async leave() {
      await sendFigures()
      cluster.worker?.disconnect()
    },
  }
}
