import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { Auditor } from '../audit/audit-entry.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Database } from '../database.ts'
import { retryDeadlocked } from '../queries/retry-deadlocked.ts'
import {
  type ErasureCounts,
  eraseAttached,
  erasedAtOnce,
  eraseRejects,
  eraseResponses,
} from './erase-rows.ts'
import { idsOf, type NamedPerson, type Person } from './person.ts'

/**
 * Deletes everything that is kept of a person, and sees to it that answers of before now which arrive later go as well
 * (`sweepErased`). Somebody unknown has nothing to delete, which is no error. Ended in between, the next sweep goes on.
 */
export async function erasePerson(
  db: Kysely<Database>,
  auditor: Auditor,
  person: NamedPerson,
): Promise<ErasureCounts> {
  const { projectId } = auditor
  return eraseInSteps(db, auditor, person, sql`true`, (trx) =>
    trx
      .insertInto('erasures')
      .values({ project_id: projectId, kind: person.kind, person: person.id, erased_at: sql<Date>`now()` })
      .onConflict((conflict) =>
        conflict.columns(['project_id', 'kind', 'person']).doUpdateSet({ erased_at: sql<Date>`now()` }),
      )
      .execute(),
  )
}

/** Deletes what has come since the person's erasure and was answered before it. */
export async function eraseLate(
  db: Kysely<Database>,
  auditor: Auditor,
  person: NamedPerson,
): Promise<ErasureCounts> {
  // Read by the database: a JavaScript Date would cut the moment to milliseconds.
  const erasedAt = sql`(select erased_at from erasures where project_id = ${auditor.projectId}
    and kind = ${person.kind} and person = ${person.id})`
  return eraseInSteps(db, auditor, person, sql`occurred_at <= ${erasedAt}`)
}

/** Each step is a transaction with an entry of its own in the audit log; nearly everybody takes one. */
async function eraseInSteps(
  db: Kysely<Database>,
  auditor: Auditor,
  person: NamedPerson,
  claim: RawBuilder<boolean>,
  /** Part of the first step, which then has an entry even if it finds nothing. */
  begin?: (trx: Transaction<Database>) => Promise<unknown>,
): Promise<ErasureCounts> {
  const total: ErasureCounts = { responses: 0, displays: 0, screenshots: 0, rejects: 0 }
  for (let step = 0; ; step += 1) {
    const counts = await retryDeadlocked(() =>
      db.transaction().execute(async (trx) => {
        const isBeginning = begin !== undefined && step === 0
        if (isBeginning) await begin(trx)
        const counts = await eraseStep(trx, auditor.projectId, person, claim)
        if (isBeginning || Object.values(counts).some((count) => count > 0)) {
          await writeAudit(trx, auditor, {
            action: `${person.kind}.erased`,
            target: person.reference,
            details: { ...counts },
          })
        }
        return counts
      }),
    )
    total.responses += counts.responses
    total.displays += counts.displays
    total.screenshots += counts.screenshots
    total.rejects += counts.rejects
    if (counts.responses < erasedAtOnce) return total
  }
}

async function eraseStep(
  trx: Transaction<Database>,
  projectId: string,
  person: Person,
  claim: RawBuilder<boolean>,
): Promise<ErasureCounts> {
  const ofPerson = sql<boolean>`${sql.ref(person.kind)} = ${person.id}`
  const ids = await eraseResponses(trx, projectId, sql`${ofPerson} and ${claim}`)
  const refused = await sql<{ id: string }>`${idsOf.refused(projectId, person)}`.execute(trx)
  const attached = await eraseAttached(trx, projectId, [...ids, ...refused.rows.map(({ id }) => id)])
  if (person.kind === 'visitor') await forgetUnsettled(trx, projectId, person.id)
  // Last: until here they tell which displays are meant.
  const rejects = await eraseRejects(trx, projectId, ofPerson, ids)
  return { responses: ids.length, ...attached, rejects }
}

/** A mark names the visitor. Of one without answers there is nothing left to find out. */
async function forgetUnsettled(
  trx: Transaction<Database>,
  projectId: string,
  visitor: string,
): Promise<void> {
  await sql`
    delete from unsettled_visitors where project_id = ${projectId} and visitor = ${visitor}
      and not exists (select from responses where project_id = ${projectId} and visitor = ${visitor})`.execute(
    trx,
  )
}
