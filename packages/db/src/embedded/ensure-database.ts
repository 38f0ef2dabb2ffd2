import pg from 'pg'
import { heedName } from './initialise.ts'

/** `postgresql://...` of one database of the embedded server. */
export const embeddedUrl = (port: number, password: string, database = heedName): string =>
  `postgresql://${heedName}:${password}@127.0.0.1:${port}/${database}`

/** Proves that the server takes our password, and makes the database the first time. */
export async function ensureDatabase(port: number, password: string): Promise<void> {
  const client = new pg.Client({
    connectionString: embeddedUrl(port, password, 'postgres'),
    connectionTimeoutMillis: 10_000,
  })
  // Its errors arrive at the calls below; unheard they would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    const { rowCount } = await client.query('select from pg_database where datname = $1', [heedName])
    if (rowCount === 0) await client.query(`create database ${heedName}`)
  } finally {
    await client.end()
  }
}
