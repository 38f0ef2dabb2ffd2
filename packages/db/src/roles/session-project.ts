import type { PostgresPool } from 'kysely'
import type pg from 'pg'

/** What `heed.project` is on a connection; one that is not in here has never had any. */
const known = new WeakMap<pg.PoolClient, string>()

/**
 * The same connections, each with this project in `heed.project` when it is handed out, or with none (''). It costs a
 * statement where the last user of the connection had another project. Ending it ends nothing: the pool is shared.
 */
export function withProject(pool: pg.Pool, projectId: string): PostgresPool {
  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect()
      if ((known.get(client) ?? '') === projectId) return client
      try {
        await client.query(`select set_config('heed.project', $1, false)`, [projectId])
      } catch (error) {
        // Nobody knows what is set on it now.
        client.release(true)
        throw error
      }
      known.set(client, projectId)
      return client
    },
    end: async () => {},
  }
}
