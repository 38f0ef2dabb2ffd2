import type { Config } from './config.ts'

export interface Store {
  /** `postgresql://...` */
  url: string
  /** Stops what `openStore` started, if anything. */
  close(): Promise<void>
}

/** The PostgreSQL of `DATABASE_URL`, else the embedded one, started or joined. */
export async function openStore(config: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<Store> {
  if (config.databaseUrl !== undefined) return { url: config.databaseUrl, close: async () => {} }
  // An optional part: a server with DATABASE_URL never loads it, nor needs it installed.
  const { startEmbedded } = await import('@heed/db/embedded')
  const { url, stop } = await startEmbedded({ dataDir: config.dataDir })
  return { url, close: stop }
}
