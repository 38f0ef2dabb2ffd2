/**
 * How long reports and searches take: one survey of 90 days on the embedded PostgreSQL, every fourth response with a
 * comment in one of five languages. Medians of 15 runs in milliseconds, one at a time, from Node. Reports are measured
 * with their histograms and, by a condition that is true of every response, from the rows through the covering index.
 *
 *   npm run bench -- query [responses]
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importSurvey } from '@heed/api'
import {
  countScores,
  createProject,
  forProject,
  listResponses,
  migrateToLatest,
  openDatabase,
  rebuildComments,
  rebuildRollups,
  type ScoreQuery,
} from '@heed/db'
import { startEmbedded } from '@heed/db/embedded'
import { benchSurvey } from '../lib/bench-survey.ts'
import { median } from '../lib/median.ts'

const responses = Number(process.argv[2] ?? 200_000)
const days = 90

const dataDir = await mkdtemp(join(tmpdir(), 'heed-bench-'))
const postgres = await startEmbedded({ dataDir })
const options = { url: postgres.url, application: 'heed bench', statementTimeoutMs: 600_000 }
const db = openDatabase(options)
// With the rights that reports have.
const queryDb = openDatabase({ ...options, role: 'query' })

async function seed(projectId: string, surveyId: string): Promise<void> {
  const script = fileURLToPath(new URL('../../packages/db/bench/seed-responses.ts', import.meta.url))
  const args = [script, postgres.url, projectId, surveyId, String(responses), String(days)]
  const child = spawn(process.execPath, ['--conditions=@heed/source', ...args], { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error('the responses could not be made')
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

async function measure(name: string, work: () => Promise<unknown>): Promise<void> {
  await work()
  const times: number[] = []
  for (let run = 0; run < 15; run += 1) times.push(await timed(work))
  console.log(`${name.padEnd(58)} ${median(times).toFixed(1).padStart(8)}`)
}

try {
  await migrateToLatest(db)
  const { project } = await createProject(db, { name: 'Benchmark' })
  const { id: surveyId } = await importSurvey(db, project.id, benchSurvey, { publish: true })
  await seed(project.id, surveyId)
  console.log(`${responses} responses over ${days} days, every fourth with a comment\n`)
  const seconds = async (name: string, work: () => Promise<unknown>) =>
    console.log(`${name.padEnd(58)} ${((await timed(work)) / 1000).toFixed(1).padStart(8)} s`)
  await seconds('heed rollups rebuild', () => rebuildRollups(db, project.id))
  await seconds('heed search rebuild', () => rebuildComments(db, project.id))

  console.log(`\n${'median'.padStart(64)} ms`)
  const ours = forProject(queryDb, project.id)
  const fromRows = { completed: { $in: [true, false] } }
  const score = (query: Partial<ScoreQuery>) => () =>
    countScores(ours, project.id, { surveyId, metric: 'nps', from: null, to: null, ...query })
  const daily = { interval: 'day', timezone: 'Asia/Seoul' } as const
  await measure('NPS by day, histograms', score(daily))
  await measure('NPS by day, rows', score({ ...daily, where: fromRows }))
  await measure('NPS by day and country, histograms', score({ ...daily, by: 'country' }))
  await measure(
    'NPS by day in India, histograms and one hour a day of rows',
    score({ interval: 'day', timezone: 'Asia/Kolkata' }),
  )
  await measure('newest 50', () => listResponses(ours, project.id, { surveyId }))
  for (const search of ['parcel', '배송', '配送', '物流', 'الدفع', String(Math.floor(responses / 8) * 4)]) {
    await measure(`newest 50 with "${search}"`, () => listResponses(ours, project.id, { surveyId, search }))
  }
} finally {
  await Promise.all([db.destroy(), queryDb.destroy()])
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}
