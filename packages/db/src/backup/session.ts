import type { Kysely } from 'kysely'
import type { ClientBase } from 'pg'
import { escapeIdentifier } from 'pg'
import type { Database } from '../database.ts'
import { openPatient, poolOf } from '../open-database.ts'
import type { TableHeader } from './backup-format.ts'

// Values are written alike whatever a server or a user is set to, a table is read from its first page on, so that rows
// keep the order in which they were restored, and a policy that would hide rows is an error.
const settings = `
  set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
  set local extra_float_digits = 1; set local bytea_output = 'hex'; set local synchronize_seqscans = off;
  set local client_encoding = 'UTF8'; set local row_security = off; set local lock_timeout = '10s'`

/** Runs `work` in one transaction on one connection that may take as long as it takes; nothing of it stays when it fails. */
export async function inLongTransaction<Result>(
  db: Kysely<Database>,
  mode: 'isolation level repeatable read read only' | 'read write',
  work: (client: ClientBase) => Promise<Result>,
): Promise<Result> {
  const patient = openPatient(db)
  const client = await poolOf(patient).connect()
  let isBroken = true
  try {
    await client.query(`begin ${mode}`)
    await client.query(settings)
    const result = await work(client)
    await client.query('commit')
    isBroken = false
    return result
  } finally {
    // A COPY that was left in its middle can only be ended with its connection, which also rolls back.
    client.release(isBroken)
    await patient.destroy()
  }
}

/** The table and its columns, as COPY takes them. */
export const copyTarget = ({ name, columns }: TableHeader) =>
  `${escapeIdentifier(name)} (${columns.map(escapeIdentifier).join(', ')})`
