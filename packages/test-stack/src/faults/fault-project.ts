import { importSurvey } from '@heed/api'
import { createProject, migrateToLatest, openDatabase } from '@heed/db'
import { type Journal, judge, openJournal, type Verdict } from './journal.ts'
import { answersOf, faultSurvey, startVisitors, type Visitors, type VisitorsOptions } from './visitors.ts'

/** A project whose every answer is in a journal. */
export interface FaultProject {
  publicKey: string
  /** Visitors of it. Those that are left end with it. */
  startVisitors(options?: Partial<VisitorsOptions>): Visitors
  /** Holds everything that any visitor was told against the database; `end` them before. */
  judge(databaseUrl: string): Promise<Verdict>
  /** Tells visitors to end; they do so with their last request. */
  close(): Promise<void>
}

/** Makes the project in an empty database. `url` is where its visitors send, asked before each request. */
export async function startFaultProject(databaseUrl: string, url: () => string): Promise<FaultProject> {
  const { project, survey } = await prepare(databaseUrl)
  const journal: Journal = await openJournal()
  const everybody: Visitors[] = []
  return {
    publicKey: project.publicKey,
    startVisitors(options = {}) {
      const visitors = startVisitors({ url, publicKey: project.publicKey, survey, journal, ...options })
      everybody.push(visitors)
      return visitors
    },
    async judge(ofDatabaseUrl) {
      const db = openDatabase({ url: ofDatabaseUrl, application: 'heed judge', statementTimeoutMs: 60_000 })
      try {
        return await judge(db, project.id, journal, answersOf)
      } finally {
        await db.destroy()
      }
    },
    async close() {
      await Promise.all(everybody.map((visitors) => visitors.end()))
      await journal.close()
    },
  }
}

async function prepare(url: string) {
  const db = openDatabase({ url, application: 'heed faults' })
  try {
    await migrateToLatest(db)
    const { project } = await createProject(db, { name: 'Faults' })
    return { project, survey: await importSurvey(db, project.id, faultSurvey, { publish: true }) }
  } finally {
    await db.destroy()
  }
}
