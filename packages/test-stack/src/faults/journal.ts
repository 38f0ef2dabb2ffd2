import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '@heed/db'
import { type Kysely, sql } from 'kysely'

/** What somebody who sends answers knows for sure, by id of the response. */
interface Known {
  /** The highest `seq` that was sent, and that was acknowledged; 0 for none. */
  sent: number
  acknowledged: number
}

/**
 * What was sent and what was acknowledged, on disk before anybody believes it: whoever is killed in between leaves a
 * journal that promises too little, never too much. One line an event, appended in one call.
 */
export interface Journal {
  path: string
  /** Before the request leaves. */
  sent(id: string, seq: number): void
  /** As soon as the reply says so. */
  acknowledged(id: string, seq: number): void
  /** What the file says. */
  read(): Map<string, Known>
  close(): Promise<void>
}

export async function openJournal(): Promise<Journal> {
  const folder = await mkdtemp(join(tmpdir(), 'heed-journal-'))
  const path = join(folder, 'journal')
  const file = openSync(path, 'a')
  return {
    path,
    sent: (id, seq) => void writeSync(file, `sent ${id} ${seq}\n`),
    acknowledged: (id, seq) => void writeSync(file, `acknowledged ${id} ${seq}\n`),
    read() {
      const all = new Map<string, Known>()
      // What follows the last line end was being written when its process ended.
      for (const line of readFileSync(path, 'utf8').split('\n').slice(0, -1)) {
        const [what, id = '', seq] = line.split(' ')
        const known = all.get(id) ?? { sent: 0, acknowledged: 0 }
        if (what === 'sent') known.sent = Math.max(known.sent, Number(seq))
        else known.acknowledged = Math.max(known.acknowledged, Number(seq))
        all.set(id, known)
      }
      return all
    },
    async close() {
      closeSync(file)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export interface Verdict {
  /** Responses. */
  sent: number
  acknowledged: number
  stored: number
  /** Ids that were acknowledged and are not stored, or not as far as they had grown. */
  lost: string[]
  /** Ids that are there more than once. */
  doubled: string[]
  /** Ids whose answers are not those that were sent with that `seq`. */
  changed: string[]
  /** Ids that nobody sent. */
  invented: string[]
}

/**
 * Holds the journal against the database, whose responses of this project all come from it: acknowledged is a subset of
 * stored, stored is a subset of sent, one row an id, each with the answers of its `seq`.
 */
export async function judge(
  db: Kysely<Database>,
  projectId: string,
  journal: Pick<Journal, 'read'>,
  answersOf: (id: string, seq: number) => Record<string, unknown>,
): Promise<Verdict> {
  const { rows } = await sql<{ id: string; seq: number; answers: Record<string, unknown> }>`
    select id, seq, answers from responses where project_id = ${projectId}`.execute(db)
  const known = journal.read()
  const stored = new Map(rows.map((row) => [row.id, row]))
  const verdict: Verdict = {
    sent: known.size,
    acknowledged: 0,
    stored: stored.size,
    lost: [],
    doubled: [],
    changed: [],
    invented: [],
  }
  for (const [id, { acknowledged }] of known) {
    if (acknowledged > 0) verdict.acknowledged += 1
    if ((stored.get(id)?.seq ?? 0) < acknowledged) verdict.lost.push(id)
  }
  const seen = new Set<string>()
  for (const { id, seq, answers } of rows) {
    if (seen.has(id)) verdict.doubled.push(id)
    seen.add(id)
    if (seq > (known.get(id)?.sent ?? 0)) verdict.invented.push(id)
    else if (!isEqual(answers, answersOf(id, seq))) verdict.changed.push(id)
  }
  return verdict
}

/** jsonb keeps members in an order of its own. */
function isEqual(one: Record<string, unknown>, other: Record<string, unknown>): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
}
