import { poolUse } from '@heed/db'
import { Gauge, type Registry } from 'prom-client'
import type { Db } from './services.ts'

/** How much of each pool of connections is in use, by the name of its work. */
export function meterPools(registry: Registry, pools: Record<string, Db>): void {
  const registers = [registry]
  new Gauge({
    name: 'heed_db_connections',
    help: 'Connections to the database by state: used, idle',
    labelNames: ['pool', 'state'],
    registers,
    collect() {
      for (const [pool, db] of Object.entries(pools)) {
        const { used, idle } = poolUse(db)
        this.set({ pool, state: 'used' }, used)
        this.set({ pool, state: 'idle' }, idle)
      }
    },
  })
  new Gauge({
    name: 'heed_db_connections_max',
    help: 'Connections that the pool may open',
    labelNames: ['pool'],
    registers,
    collect() {
      for (const [pool, db] of Object.entries(pools)) this.set({ pool }, poolUse(db).most)
    },
  })
  new Gauge({
    name: 'heed_db_waiting',
    help: 'Work that waits for a connection of the pool',
    labelNames: ['pool'],
    registers,
    collect() {
      for (const [pool, db] of Object.entries(pools)) this.set({ pool }, poolUse(db).waiting)
    },
  })
}
