import type { Config } from '../../config.ts'
import type { Db } from '../../services.ts'
import { databaseSink } from './database-sink.ts'
import type { IngestSink } from './sink.ts'

/** The sink that `HEED_INGEST` names. Rejects with advice when the stream cannot be used. */
export async function openSink(config: Config, db: Db): Promise<IngestSink> {
  if (config.ingest === 'direct') return databaseSink(db)
  // A server without a stream never loads its client.
  const { openJetStreamSink } = await import('./jetstream-sink.ts')
  return openJetStreamSink(config.nats)
}
