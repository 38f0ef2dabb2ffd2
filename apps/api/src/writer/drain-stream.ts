import { setTimeout as delay } from 'node:timers/promises'
import { sqlState } from '@heed/db'
import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream'
import { Batcher, batchLimits, type RowOutcome } from '../ingest/batcher.ts'
import type { IngestRow } from '../ingest/read-item.ts'
import { storeRows } from '../ingest/store-rows.ts'
import { addAge, decodeBatch } from '../jetstream/batch-message.ts'
import type { JetStreamLink } from '../jetstream/connect-jetstream.ts'
import { ackWaitMs, ensureWriterConsumer, ingestStream, writerConsumer } from '../jetstream/streams.ts'
import type { Log } from '../log.ts'
import { meterPools } from '../pool-meters.ts'
import type { Db } from '../services.ts'
import { keepDeadRow, keepUnreadable } from './dead-letters.ts'
import { writerFailure } from './writer-failure.ts'
import { createWriterMeters, type WriterMeters } from './writer-meters.ts'

export interface DrainOptions {
  link: JetStreamLink
  db: Db
  log: Log
}

export interface Drain {
  meters: WriterMeters
  /** Why nothing is being stored, as far as it is known. */
  whyNotReady(): Promise<string | undefined>
  /** Commits what this writer has, gives back the rest, then resolves. Twice is harmless. */
  stop(): Promise<void>
}

/** How much this writer holds at once: enough for three full commits and the next ones behind them. */
const maxHeldRows = 3_000
const maxHeldMessages = 256
const retryMs = 500
/**
 * Nobody waits for a writer, so it collects for this long, or until a commit is full: a stream that is kept empty brings
 * messages of a few dozen rows, and a commit of each would cost the database as much as direct mode does.
 */
const collectMs = 100

/**
 * Moves batches from the stream into the group commit. A batch is acknowledged to the stream after its commit, so one
 * that a writer took into its grave comes again, and the primary key makes that harmless. Rows that the database refuses
 * are kept as dead letters before their batch is acknowledged.
 */
export function drainStream({ link, db, log }: DrainOptions): Drain {
  const meters = createWriterMeters(() => batcher, readBacklog)
  meterPools(meters.registry, { writer: db })
  const refusals = new WeakMap<IngestRow, { code: string; place?: string }>()
  /** Until when the wait of a row is part of its age. */
  const agedUntilMs = new WeakMap<IngestRow, number>()
  const held = new Set<JsMsg>()
  let heldRows = 0
  let failure: string | undefined
  let isStopping = false
  let messages: ConsumerMessages | undefined
  let makeRoom = () => {}

  const batcher = new Batcher<IngestRow>({
    async store(rows) {
      const nowMs = Date.now()
      for (const row of rows) {
        addAge(row, nowMs - (agedUntilMs.get(row) ?? nowMs))
        agedUntilMs.set(row, nowMs)
      }
      try {
        const outcomes = await storeRows(db, rows)
        failure = undefined
        return outcomes
      } catch (error) {
        const [row] = rows
        if (row && rows.length === 1) refusals.set(row, describe(error))
        throw error
      }
    },
    classify: writerFailure,
    onCommit(rows, seconds) {
      meters.batchRows.observe(rows)
      meters.commitSeconds.observe(seconds)
    },
    onFailure(error) {
      meters.batchFailures.inc()
      const { code } = describe(error)
      if (failure === undefined) log.error({ code }, 'the database does not take what the stream holds')
      failure = `the database does not take what the stream holds (${code})`
    },
  })

  let collected = 0
  let collecting: Promise<void> | undefined
  let commitNow = () => {}

  /** Resolves, for all that wait here at once, when it is time to commit. */
  function collect(rows: number): Promise<void> {
    collecting ??= new Promise((resolve) => {
      const timer = setTimeout(() => commitNow(), collectMs)
      commitNow = () => {
        clearTimeout(timer)
        collecting = undefined
        collected = 0
        resolve()
      }
    })
    const whenDue = collecting
    collected += rows
    if (collected >= batchLimits.batchRows || isStopping) commitNow()
    return whenDue
  }

  async function readBacklog() {
    try {
      const [{ state }, { num_ack_pending: taken }] = await Promise.all([
        link.jsm.streams.info(ingestStream.name),
        link.jsm.consumers.info(ingestStream.name, writerConsumer),
      ])
      // What a writer has acknowledged is gone from the stream, so what it holds is what no database has.
      return { waiting: Math.max(0, state.messages - taken), taken }
    } catch {
      return undefined
    }
  }

  /** Tries until the database has taken the rows; undefined when the writer stops first. */
  async function commit(
    rows: readonly IngestRow[],
    bytes: number,
  ): Promise<readonly RowOutcome[] | undefined> {
    while (true) {
      try {
        return await batcher.submit(rows, bytes)
      } catch {
        // Said and counted by the batcher. The stream keeps what we hold, so there is time.
        if (isStopping) return undefined
        await delay(retryMs)
      }
    }
  }

  async function handle(message: JsMsg): Promise<void> {
    const queuedMs = message.time.getTime()
    if (message.redelivered) meters.redelivered.inc()
    const decodedMs = Date.now()
    let rows: IngestRow[]
    try {
      rows = decodeBatch(message.data, decodedMs - queuedMs)
    } catch {
      await keepUnreadable(link, message.data, message.seq)
      meters.unreadable.inc()
      log.error({ seq: message.seq }, 'a message could not be read; see: heed dead-letters list')
      message.ack()
      return
    }
    for (const row of rows) agedUntilMs.set(row, decodedMs)
    heldRows += rows.length
    try {
      await collect(rows.length)
      const outcomes = await commit(rows, message.data.length)
      if (!outcomes) return message.nak()
      for (const [index, row] of rows.entries()) {
        const outcome = outcomes[index]
        if (typeof outcome !== 'string') await bury(row, message.seq)
        meters.rows.inc({ status: typeof outcome === 'string' ? outcome : 'dead' })
      }
      message.ack()
      meters.delaySeconds.observe(Math.max(0, Date.now() - queuedMs) / 1000)
    } finally {
      heldRows -= rows.length
    }
  }

  async function bury(row: IngestRow, messageSeq: number): Promise<void> {
    const reason = refusals.get(row) ?? { code: 'unknown' }
    await keepDeadRow(link, row, reason, messageSeq)
    log.error(reason, 'the database refused a row; see: heed dead-letters list')
  }

  async function take(message: JsMsg): Promise<void> {
    held.add(message)
    try {
      await handle(message)
    } catch (error) {
      // The stream of dead letters is full or away: the batch stays where it is and comes again.
      log.error(
        { name: error instanceof Error ? error.name : undefined },
        'a batch was given back to the stream',
      )
      message.nak(5_000)
    } finally {
      held.delete(message)
      makeRoom()
    }
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      try {
        await ensureWriterConsumer(link.jsm)
        const consumer = await link.js.consumers.get(ingestStream.name, writerConsumer)
        messages = await consumer.consume({ max_messages: 128, expires: 5_000 })
        if (isStopping) await messages.close()
        for await (const message of messages) {
          if (isStopping) message.nak()
          else void take(message)
          while (!isStopping && (heldRows >= maxHeldRows || held.size >= maxHeldMessages)) {
            await new Promise<void>((resolve) => {
              makeRoom = resolve
            })
          }
        }
      } catch (error) {
        log.error({ name: error instanceof Error ? error.name : undefined }, 'the stream does not answer')
      }
      if (!isStopping) await delay(retryMs)
    }
  }

  // A slow or absent database is no reason to hand the same batch to another writer as well.
  const sayWorking = setInterval(() => {
    for (const message of held) message.working()
  }, ackWaitMs / 3).unref()
  const running = run()

  let stopping: Promise<void> | undefined
  async function stop(): Promise<void> {
    isStopping = true
    makeRoom()
    commitNow()
    await messages?.close()
    await running
    while (held.size > 0) {
      await new Promise<void>((resolve) => {
        makeRoom = resolve
      })
    }
    clearInterval(sayWorking)
  }

  return {
    meters,
    whyNotReady: async () => (await link.whyNotReady()) ?? failure,
    stop: () => (stopping ??= stop()),
  }
}

/** What may be logged and kept of a refusal: PostgreSQL's messages can quote the data, its codes and names cannot. */
function describe(error: unknown): { code: string; place?: string } {
  const { constraint, column } = (error ?? {}) as { constraint?: string; column?: string }
  const place = constraint ?? column
  return { code: sqlState(error) || 'no answer', ...(place !== undefined && { place }) }
}
