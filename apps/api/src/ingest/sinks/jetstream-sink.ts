import { setTimeout as delay } from 'node:timers/promises'
import { JetStreamApiError } from '@nats-io/jetstream'
import { encodeBatch, messageIdOf } from '../../jetstream/batch-message.ts'
import { connectJetStream, type JetStreamLink, type NatsOptions } from '../../jetstream/connect-jetstream.ts'
import { ingestStream } from '../../jetstream/streams.ts'
import type { RowOutcome } from '../batcher.ts'
import type { IngestRow } from '../read-item.ts'
import type { IngestSink } from './sink.ts'

/** For how long a batch tries to get in; a new leader is elected within 4 to 9 seconds of the old one's death. */
const publishWithinMs = 9_500
/** An acknowledgement that was lost with a server is asked for again after this; the message id makes that harmless. */
const attemptMs = 2_000
const pauseMs = 100

/**
 * Error codes of JetStream that pass neither by waiting nor by another leader: the stream or the disk is full, or the
 * account may not hold more.
 */
const fullCodes: ReadonlySet<number> = new Set([10002, 10023, 10028, 10047, 10054, 10077, 10122])

/** Group commit into a stream: taken means that the stream has acknowledged the batch, which is one message. */
export async function openJetStreamSink(options: NatsOptions | undefined): Promise<IngestSink> {
  const link = await connectJetStream(options, 'heed ingest')
  return jetStreamSink(link)
}

function jetStreamSink(link: JetStreamLink): IngestSink {
  async function publish(rows: readonly IngestRow[], body: Buffer): Promise<RowOutcome[]> {
    const msgID = messageIdOf(rows)
    const giveUpMs = performance.now() + publishWithinMs
    for (let attempt = 1; ; attempt += 1) {
      try {
        // While there is no connection the client would keep a copy of every attempt to send it later.
        if (!link.isConnected()) throw new Error('there is no connection to NATS')
        const { duplicate } = await link.js.publish(ingestStream.subject, body, { msgID, timeout: attemptMs })
        // A repeated batch can only be one that this loop sent before. One row alone may also be a visitor's repeat.
        const outcome = duplicate && attempt === 1 && rows.length === 1 ? 'duplicate' : 'stored'
        return rows.map(() => outcome)
      } catch (error) {
        const isFull = error instanceof JetStreamApiError && fullCodes.has(error.code)
        if (isFull || performance.now() + pauseMs > giveUpMs) throw error
        await delay(pauseMs)
      }
    }
  }

  return {
    async store(rows) {
      const messages = encodeBatch(rows, link.maxPayload())
      const outcomes = await Promise.all(messages.map(({ rows: own, body }) => publish(own, body)))
      return outcomes.flat()
    },
    // The stream does not look into a message, so no row can be at fault.
    classify: () => 'unavailable',
    outlivesDatabase: true,
    whyNotReady: () => link.whyNotReady(),
    close: () => link.close(),
  }
}
