import {
  AckPolicy,
  DiscardPolicy,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
  type StreamInfo,
} from '@nats-io/jetstream'
import { nanos } from '@nats-io/transport-node'

/** Batches on their way to the database; a batch leaves when a writer has committed it. */
export const ingestStream = { name: 'HEED_INGEST', subject: 'heed.ingest' }
/** Rows that the database refused, and messages that nobody could read. */
export const deadLetterStream = { name: 'HEED_DEAD_LETTERS', subject: 'heed.dead-letters' }
/** Shared by all writers: each batch goes to one of them. */
export const writerConsumer = 'heed-writer'

/** How long a writer may take before a batch is given to another; a busy writer says that it is still at it. */
export const ackWaitMs = 10_000
/**
 * Covers every repeat of one publish (9.5 s) and the election in between. A visitor's repeat may come hours later and is
 * left to the primary key; a longer window only costs every server memory, some 150 bytes a message.
 */
const duplicateWindowMs = 60_000
const deadLetterDays = 30

const shared = {
  storage: StorageType.File,
  // A full stream refuses, and the API says 503; it never drops what was acknowledged.
  discard: DiscardPolicy.New,
  duplicate_window: nanos(duplicateWindowMs),
}

/** Creates what is missing. @throws when a stream is there and set up in a way that could lose what it acknowledged */
export async function ensureStreams(jsm: JetStreamManager, replicas: number): Promise<void> {
  const wanted = [
    {
      ...shared,
      name: ingestStream.name,
      subjects: [ingestStream.subject],
      retention: RetentionPolicy.Workqueue,
    },
    {
      ...shared,
      name: deadLetterStream.name,
      subjects: [deadLetterStream.subject],
      retention: RetentionPolicy.Limits,
      max_age: nanos(deadLetterDays * 24 * 3600 * 1000),
    },
  ]
  for (const config of wanted) {
    const found = await findStream(jsm, config.name)
    if (found) checkStream(found, config.retention, replicas)
    else await jsm.streams.add({ ...config, num_replicas: replicas })
  }
}

/** Creates the consumer that all writers share, or finds it. */
export async function ensureWriterConsumer(jsm: JetStreamManager): Promise<void> {
  await jsm.consumers.add(ingestStream.name, {
    durable_name: writerConsumer,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(ackWaitMs),
    max_deliver: -1,
    // What a writer has acknowledged is gone from the stream, so a consumer that forgets asks for nothing twice but what
    // was under way. On disk its notes would be synced on every server for each batch, beside the batch itself.
    mem_storage: true,
    max_ack_pending: 2_000,
  })
}

async function findStream(jsm: JetStreamManager, name: string): Promise<StreamInfo | undefined> {
  try {
    return await jsm.streams.info(name)
  } catch (error) {
    if (error instanceof Error && error.name === 'StreamNotFoundError') return undefined
    throw error
  }
}

function checkStream({ config }: StreamInfo, retention: RetentionPolicy, replicas: number): void {
  const expected: [keyof StreamConfig, unknown][] = [
    ['storage', StorageType.File],
    ['discard', DiscardPolicy.New],
    ['retention', retention],
    ['num_replicas', replicas],
  ]
  for (const [key, value] of expected) {
    if (config[key] === value) continue
    const advice = key === 'num_replicas' ? ', as HEED_NATS_REPLICAS says' : ''
    throw new Error(
      `the stream ${config.name} has ${key} ${String(config[key])}, expected ${String(value)}${advice}; change it with: nats stream edit ${config.name}`,
    )
  }
  // Servers from 2.12 on can be told to acknowledge before they write.
  if ((config as { persist_mode?: string }).persist_mode === 'async') {
    throw new Error(`the stream ${config.name} has persist_mode async: it acknowledges what is not on disk`)
  }
}
