import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { IngestReply, Project, Survey } from '@heed/contract'
import { createProject, listRejects, openDatabase } from '@heed/db'
import { freshDatabase } from '@heed/test-stack/fresh-database'
import { findNatsServer, startNats } from '@heed/test-stack/nats'
import { describe, expect, onTestFinished, test } from 'vitest'
import { importSurvey } from '../src/publish/import-survey.ts'
import type { Db } from '../src/services.ts'
import { databaseText } from './support/database-text.ts'
import { definition } from './support/definition.ts'
import { type Poison, poisons } from './support/poison.ts'
import { serve } from './support/serve.ts'
import { response } from './support/start-api.ts'

const found = await findNatsServer()
if ('missing' in found) {
  console.error(`\n!! SKIPPED: poison in JetStream mode, without a nats-server: ${found.missing}\n`)
}

/** Addresses that requests claim to come from, by every header there is; the first is the one a named proxy believes. */
const claimed = ['203.0.113.7', '198.51.100.23', '2001:db8:7:8::9']
const [believed = '', forged = '', sixth = ''] = claimed
const claims = {
  'x-forwarded-for': `${forged}, ${believed}`,
  forwarded: `for=${forged};host=evil.example;proto=https, for="[${sixth}]:443"`,
  'x-real-ip': forged,
  'x-client-ip': forged,
  'true-client-ip': forged,
  'cf-connecting-ip': sixth,
  'x-forwarded-host': 'evil.example',
  'x-country': 'KP',
}
const good = 3_000
const connections = 64

/** A text that only this answer has, and nothing in it to redact. */
const wordsOf = (id: string) =>
  `mine ${id.slice(-12).replaceAll(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? '')}`

interface Running {
  db: Db
  project: Project
  survey: Survey
  url: string
  /** What the processes have said so far. */
  log(): string
  /** Where answers wait besides the database. */
  folder?: string
}

/** Processes of their own, on a database of their own, until the test is over. */
async function start(mode: 'direct' | 'jetstream', env: Record<string, string> = {}): Promise<Running> {
  const database = await freshDatabase()
  const db = openDatabase({ url: database.url, application: 'heed poison test', poolSize: 2 })
  const { project } = await createProject(db, { name: 'Shop' })
  const survey = await importSurvey(db, project.id, definition(), { publish: true })
  const nats =
    mode === 'jetstream' && 'program' in found
      ? await startNats({ program: found.program, servers: 1 })
      : undefined
  const all = {
    DATABASE_URL: database.url,
    HEED_LOG_LEVEL: 'trace',
    HEED_COUNTRY_HEADER: 'x-country',
    ...(nats && {
      HEED_INGEST: 'jetstream',
      NATS_URL: nats.url,
      HEED_NATS_MONITOR: nats.monitor,
      HEED_NATS_REPLICAS: '1',
    }),
    ...env,
  }
  const processes = [await serve(all), ...(nats ? [await serve(all, 'write')] : [])]
  let log = ''
  for (const { child } of processes)
    for (const pipe of [child.stdout, child.stderr]) pipe?.on('data', (part) => (log += String(part)))
  onTestFinished(async () => {
    for (const { child } of processes) child.kill('SIGKILL')
    await Promise.all(processes.map(({ exit }) => exit))
    await nats?.close()
    await db.destroy()
    await database.drop()
  })
  return {
    db,
    project,
    survey,
    url: processes[0]?.url ?? '',
    log: () => log,
    ...(nats && { folder: nats.folderOf('n1') }),
  }
}

/** The first reply to bytes as they are; undefined when the connection ends without one. */
async function raw(
  url: string,
  { wire, isCut }: Poison,
): Promise<{ status: number; body: string } | undefined> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  // A server takes the end of what a client says for the end of its interest.
  if (isCut) socket.end(wire)
  else socket.write(wire)
  const reply = await text(socket).catch(() => '')
  const [head = '', ...body] = reply.split('\r\n\r\n')
  return head === '' ? undefined : { status: Number(head.split(' ')[1]), body: body[0] ?? '' }
}

/** Answers one after the other over many connections, with poison between them; the ids that were acknowledged. */
async function load({ url, project, survey }: Running) {
  const path = `/v1/ingest/${project.publicKey}`
  const host = new URL(url).host
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const acknowledged = new Map<string, string>()
  const statuses = new Map<number | 'none', number>()
  const wrong: unknown[] = []
  const count = (status: number | 'none') => statuses.set(status, (statuses.get(status) ?? 0) + 1)

  async function sendGood(): Promise<void> {
    const item = response(survey, {
      visitor: null,
      context: { url: 'https://shop.example/', device: 'phone' },
    })
    item.answers = { nps: 9, why: wordsOf(item.id) }
    const sent = request(`${url}${path}`, {
      method: 'POST',
      agent,
      headers: { 'content-type': 'text/plain', ...claims },
    })
    sent.end(JSON.stringify({ sdk: '1.0.0', items: [item] }))
    const [reply] = await once(sent, 'response')
    const body = await text(reply)
    count(reply.statusCode)
    const { items } = JSON.parse(body) as IngestReply
    if (items?.[0]?.id === item.id && items[0].status === 'stored')
      acknowledged.set(item.id, wordsOf(item.id))
    else wrong.push(body)
  }

  async function sendPoison(poison: Poison): Promise<void> {
    const reply = await raw(url, poison)
    count(reply?.status ?? 'none')
    const outcomes =
      reply?.status === 200
        ? (JSON.parse(reply.body) as IngestReply).items.map(({ status, code }) =>
            status === 'refused' ? code : status,
          )
        : undefined
    const given = { name: poison.name, status: reply?.status ?? 'none', items: outcomes }
    const wanted = { name: poison.name, status: poison.status, items: poison.items }
    if (JSON.stringify(given) !== JSON.stringify(wanted))
      wrong.push({ given, wanted, body: reply?.body.slice(0, 300) })
    else for (const id of poison.ids ?? []) acknowledged.set(id, '')
  }

  const every = poisons({ host, path, survey })
  const among = Math.floor(good / every.length)
  const turns = Array.from({ length: good }, (_, turn) => turn).values()
  const lane = async () => {
    for (const turn of turns) {
      const poison = turn % among === 0 ? every[turn / among] : undefined
      await Promise.all([sendGood(), poison && sendPoison(poison)])
    }
  }
  await Promise.all(Array.from({ length: connections }, lane))
  agent.destroy()
  return { acknowledged, statuses, wrong, poisoned: every }
}

/** What is stored, by id. Waits for what lies in a stream: an acknowledged answer comes. */
async function storedAnswers({ db, project }: Running, count: number): Promise<Map<string, string>> {
  await expect
    .poll(() => db.selectFrom('responses').select('id').where('project_id', '=', project.id).execute(), {
      timeout: 20_000,
      interval: 100,
    })
    .toHaveLength(count)
  const rows = await db
    .selectFrom('responses')
    .select(['id', 'answers'])
    .where('project_id', '=', project.id)
    .execute()
  return new Map(rows.map(({ id, answers }) => [id, String(answers.why ?? '')]))
}

async function filesOf(folder: string | undefined): Promise<string> {
  if (folder === undefined) return ''
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return (await Promise.all(files.map((file) => readFile(file, 'latin1')))).join('\n')
}

describe.each(['direct', 'jetstream'] as const)('poison among answers, %s', (mode) => {
  test.skipIf(mode === 'jetstream' && 'missing' in found)(
    'is refused by what it is, every neighbour is stored once, and no address is kept anywhere',
    async () => {
      // Behind a proxy that is named the forged addresses count for limits, and come as near to a row as they can.
      const running = await start(mode, { HEED_TRUST_PROXY: '127.0.0.0/8', HEED_LIMIT_ADDRESS: '1000000/60' })
      const { acknowledged, statuses, wrong, poisoned } = await load(running)
      expect(wrong).toEqual([])
      expect([...statuses.keys()].filter((status) => Number(status) >= 500)).toEqual([])
      expect(acknowledged.size).toBeGreaterThanOrEqual(good)

      const stored = await storedAnswers(running, acknowledged.size)
      expect([...acknowledged.keys()].filter((id) => !stored.has(id))).toEqual([])
      const changed = [...acknowledged].filter(([id, why]) => why !== '' && stored.get(id) !== why)
      expect(changed).toEqual([])

      const codes = new Set(
        poisoned.flatMap(({ items = [] }) => items).filter((outcome) => outcome !== 'stored'),
      )
      await expect
        .poll(async () =>
          Object.keys((await listRejects(running.db, running.project.id)).counts.reasons).sort(),
        )
        .toEqual([...codes].sort())

      const metrics = await (await fetch(`${running.url}/metrics`)).text()
      const tables = await databaseText(running.db)
      expect(tables).toContain(wordsOf([...acknowledged.keys()][0] ?? ''))
      for (const place of [tables, metrics, running.log(), await filesOf(running.folder)]) {
        for (const address of [...claimed, '127.0.0.1']) expect(place).not.toContain(address)
      }
    },
    120_000,
  )
})

test('whoever claims to be forwarded changes nothing where no proxy is named', async () => {
  const running = await start('direct', { HEED_LIMIT_ADDRESS: '40/3600' })
  const statuses: number[] = []
  for (let turn = 0; turn < 45; turn += 1) {
    const reply = await fetch(`${running.url}/v1/ingest/${running.project.publicKey}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', ...claims, 'x-forwarded-for': `198.51.100.${turn}` },
      body: JSON.stringify({ sdk: '1', items: [response(running.survey)] }),
    })
    statuses.push(reply.status)
    await reply.text()
  }
  expect(statuses).toEqual([...Array(40).fill(200), ...Array(5).fill(429)])
  const rows = await running.db
    .selectFrom('responses')
    .select('country')
    .where('project_id', '=', running.project.id)
    .execute()
  expect(rows.map(({ country }) => country)).toEqual(Array(40).fill(null))
  const tables = await databaseText(running.db)
  for (const place of [tables, running.log()])
    expect(place).not.toMatch(/198\.51\.100|203\.0\.113|2001:db8|127\.0\.0\.1/)
})

test('an id that another project or another survey has used changes nothing of theirs', async () => {
  const running = await start('direct')
  const other = await createProject(running.db, { name: 'Other' })
  const theirs = await importSurvey(running.db, other.project.id, definition(), { publish: true })
  const second = await importSurvey(running.db, running.project.id, definition({ key: 'second' }), {
    publish: true,
  })
  const item = response(running.survey, { answers: { nps: 9, why: 'first' } })
  const send = async (publicKey: string, items: unknown[]) => {
    const reply = await fetch(`${running.url}/v1/ingest/${publicKey}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ sdk: '1', items }),
    })
    return ((await reply.json()) as IngestReply).items.map(({ status }) => status)
  }
  const mine = running.project.publicKey
  expect(await send(mine, [item])).toEqual(['stored'])
  const grown = { ...item, seq: 9, answers: { nps: 0, why: 'taken over' } }
  expect(await send(mine, [{ ...grown, surveyId: second.id }])).toEqual(['duplicate'])
  expect(await send(other.project.publicKey, [{ ...grown, surveyId: theirs.id }])).toEqual(['stored'])
  const rows = await running.db
    .selectFrom('responses')
    .select(['project_id', 'survey_id', 'seq', 'answers'])
    .where('id', '=', item.id)
    .orderBy('seq')
    .execute()
  expect(rows).toEqual([
    { project_id: running.project.id, survey_id: running.survey.id, seq: 1, answers: item.answers },
    { project_id: other.project.id, survey_id: theirs.id, seq: 9, answers: grown.answers },
  ])
})
