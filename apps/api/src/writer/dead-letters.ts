import type { StoredMsg } from '@nats-io/jetstream'
import type { IngestRow } from '../ingest/read-item.ts'
import { decodeBatch, encodeBatch, messageIdOf } from '../jetstream/batch-message.ts'
import type { JetStreamLink } from '../jetstream/connect-jetstream.ts'
import { deadLetterStream, ingestStream } from '../jetstream/streams.ts'

/** As it lies in its stream. */
interface StoredDeadLetter {
  v: 1
  /** Why: an SQLSTATE, or `unreadable`. */
  code: string
  /** The column or constraint, where the database named one. */
  place?: string
  /** The message as it would go through the ingest stream again. */
  body: string
}

/** What is told of a dead letter: never its answers. */
export interface DeadLetter {
  /** Its number in the stream of dead letters. */
  seq: number
  /** ISO 8601: when it became one. */
  at: string
  code: string
  place?: string
  rows: { projectId: string; kind: IngestRow['kind']; id: string }[]
}

/** Resolves when the stream of dead letters has the row. */
export async function keepDeadRow(
  link: JetStreamLink,
  row: IngestRow,
  reason: { code: string; place?: string },
  /** Of the message it came in: a message that comes twice leaves one dead letter. */
  messageSeq: number,
): Promise<void> {
  const [message] = encodeBatch([row], Number.POSITIVE_INFINITY)
  const letter: StoredDeadLetter = { v: 1, ...reason, body: message?.body.toString() ?? '' }
  await keep(link, letter, `${messageSeq}:${messageIdOf([row])}`)
}

/** Resolves when the stream of dead letters has the message. */
export async function keepUnreadable(
  link: JetStreamLink,
  body: Uint8Array,
  messageSeq: number,
): Promise<void> {
  await keep(link, { v: 1, code: 'unreadable', body: Buffer.from(body).toString() }, `${messageSeq}`)
}

async function keep({ js }: JetStreamLink, letter: StoredDeadLetter, msgID: string): Promise<void> {
  await js.publish(deadLetterStream.subject, JSON.stringify(letter), { msgID, timeout: 5_000 })
}

/** The oldest first. */
export async function* listDeadLetters(link: JetStreamLink): AsyncGenerator<DeadLetter> {
  for await (const message of read(link)) {
    const { code, place, body } = message.json<StoredDeadLetter>()
    const at = message.time.toISOString()
    yield { seq: message.seq, at, code, ...(place !== undefined && { place }), rows: namesIn(body) }
  }
}

/**
 * Puts dead letters back on their way, then takes them off the list: all, or those of `only`. A row that is still
 * refused becomes a dead letter again. Returns how many went.
 */
export async function replayDeadLetters(link: JetStreamLink, only?: ReadonlySet<number>): Promise<number> {
  let replayed = 0
  for await (const message of read(link)) {
    if (only && !only.has(message.seq)) continue
    const { body } = message.json<StoredDeadLetter>()
    // Ended in between, the same letter may go twice: the primary key makes that harmless.
    const msgID = `replay:${message.seq}:${message.time.getTime()}`
    await link.js.publish(ingestStream.subject, aged(body, Date.now() - message.time.getTime()), {
      msgID,
      timeout: 5_000,
    })
    await link.jsm.streams.deleteMessage(deadLetterStream.name, message.seq)
    replayed += 1
  }
  return replayed
}

/** Those that are there now; not those that arrive meanwhile. */
async function* read({ jsm }: JetStreamLink): AsyncGenerator<StoredMsg> {
  const { state } = await jsm.streams.info(deadLetterStream.name)
  for (let seq = state.first_seq; state.messages > 0 && seq <= state.last_seq; seq += 1) {
    // Nothing: replayed meanwhile, or before one that is older.
    const message = await jsm.streams.getMessage(deadLetterStream.name, { seq })
    if (message) yield message
  }
}

/** The time on the list is part of an answer's age. What cannot be read goes as it is. */
function aged(body: string, waitedMs: number): string | Buffer {
  try {
    const [message] = encodeBatch(decodeBatch(Buffer.from(body), waitedMs), Number.POSITIVE_INFINITY)
    return message?.body ?? body
  } catch {
    return body
  }
}

function namesIn(body: string): DeadLetter['rows'] {
  try {
    return decodeBatch(Buffer.from(body), 0).map(({ kind, row: { projectId, id } }) => ({
      projectId,
      kind,
      id,
    }))
  } catch {
    return []
  }
}
