import type { SecondWall } from '@heed/db'
import { Gauge, type Registry } from 'prom-client'
import type { Log } from './log.ts'

export const oneWall =
  'one wall between projects: the user of DATABASE_URL may not create roles; run the SQL as one who may, then start again (docs/security.md)'

/** Tells the operator, at start, how a database gets its second wall. */
export function warnOfOneWall(log: Log, wall: SecondWall): void {
  if (wall.stands) return
  log.warn({ sql: wall.sql }, oneWall)
}

export function meterWall(registry: Registry, wall: SecondWall): void {
  new Gauge({
    name: 'heed_db_walls',
    help: 'Walls between projects: 2, or 1 while the database has no roles for this server',
    registers: [registry],
  }).set(wall.stands ? 2 : 1)
}
