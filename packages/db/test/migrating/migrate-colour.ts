/** A process to be killed: migrates the database of its argument. */
import { migrateToLatest, openDatabase } from '@heed/db'
import { colour, colourIndexes } from './colour.ts'

const db = openDatabase({ url: process.argv[2] ?? '', application: 'heed migrating' })
await migrateToLatest(db, { migrations: { ...colour, ...colourIndexes } })
await db.destroy()
