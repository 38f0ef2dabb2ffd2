import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { IngestReply, Project, Survey } from '@heed/contract'
import { createProject, erasePerson, openDatabase, sweepErased } from '@heed/db'
import { startTcpProxy } from '@heed/test-stack/faults'
import { type FreshDatabase, freshDatabase } from '@heed/test-stack/fresh-database'
import { findNatsServer, type Nats, startNats } from '@heed/test-stack/nats'
import { runSql } from '@heed/test-stack/run-sql'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { importSurvey } from '../src/publish/import-survey.ts'
import type { Db } from '../src/services.ts'
import { definition } from './support/definition.ts'
import { heed, serve } from './support/serve.ts'
import { newResponseId, response } from './support/start-api.ts'

const found = await findNatsServer()
if ('missing' in found) {
  console.error(
    `\n!! SKIPPED: the tests of JetStream mode need nats-server 2.10.23 or newer on the PATH, and none could be had: ${found.missing}\n`,
  )
}

describe.skipIf('missing' in found)('JetStream mode on a cluster of three', () => {
  let nats: Nats
  let database: FreshDatabase
  let db: Db
  let project: Project
  let survey: Survey
  let env: Record<string, string>

  beforeAll(async () => {
    const program = 'program' in found ? found.program : ''
    nats = await startNats({ program, user: 'heed', password: 'hunter2' })
    database = await freshDatabase()
    db = openDatabase({ url: database.url, application: 'heed jetstream test', poolSize: 2 })
    project = (await createProject(db, { name: 'Shop' })).project
    survey = await importSurvey(db, project.id, definition(), { publish: true })
    env = {
      DATABASE_URL: database.url,
      HEED_INGEST: 'jetstream',
      NATS_URL: nats.url,
      HEED_NATS_MONITOR: nats.monitor,
    }
  }, 60_000)
  afterAll(async () => {
    await db?.destroy()
    await database?.drop()
    await nats?.close()
  })

  /** A `heed` process that ends with its test. */
  async function startProcess(command: 'serve' | 'write', changes: Record<string, string> = {}) {
    const started = await serve({ ...env, ...changes }, command)
    onTestFinished(async () => {
      started.child.kill('SIGKILL')
      await started.exit
    })
    return started
  }

  /** What became of the item; undefined without an acknowledgement. */
  async function send(url: string, item: { id: string }): Promise<string | undefined> {
    try {
      const reply = await fetch(`${url}/v1/ingest/${project.publicKey}`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: JSON.stringify({ sdk: '1', items: [item] }),
        signal: AbortSignal.timeout(15_000),
      })
      const { items } = (await reply.json()) as IngestReply
      return items?.find(({ id }) => id === item.id)?.status
    } catch {
      return undefined
    }
  }

  /** Visitors who each send one answer after the other, and again what was not acknowledged. */
  function startLoad(url: string, visitors: number) {
    const acknowledged = new Set<string>()
    const sent = new Set<string>()
    let isOver = false
    let lastMs = performance.now()
    let longestGapMs = 0
    async function visit(): Promise<void> {
      while (!isOver) {
        const item = response(survey)
        sent.add(item.id)
        let status: string | undefined
        while (!isOver && status === undefined) {
          status = await send(url, item)
          if (status === undefined) await delay(50)
        }
        if (status === undefined) return
        expect(['stored', 'duplicate']).toContain(status)
        acknowledged.add(item.id)
        const nowMs = performance.now()
        longestGapMs = Math.max(longestGapMs, nowMs - lastMs)
        lastMs = nowMs
      }
    }
    const done = Promise.all(Array.from({ length: visitors }, visit))
    return {
      acknowledged,
      sent,
      longestGapMs: () => longestGapMs,
      async reach(count: number) {
        while (acknowledged.size < count) await delay(20)
      },
      async end() {
        isOver = true
        await done
      },
    }
  }

  async function metric(url: string, name: string): Promise<number> {
    const text = await (await fetch(`${url}/metrics`)).text()
    const line = text.split('\n').find((one) => one.startsWith(`${name} `))
    return Number(line?.split(' ')[1] ?? Number.NaN)
  }

  async function drained(writerUrl: string): Promise<void> {
    const states = ['waiting', 'taken'].map((state) => `heed_writer_backlog_messages{state="${state}"}`)
    while (true) {
      const counts = await Promise.all(states.map((name) => metric(writerUrl, name)))
      if (counts.every((count) => count === 0)) return
      await delay(50)
    }
  }

  async function storedIds(): Promise<string[]> {
    const rows = await db.selectFrom('responses').select('id').where('project_id', '=', project.id).execute()
    return rows.map(({ id }) => id)
  }

  function expectEveryAcknowledgedOnce(
    ids: string[],
    load: { acknowledged: Set<string>; sent: Set<string> },
  ): void {
    const stored = new Set(ids)
    expect(ids.length - stored.size, 'stored twice').toBe(0)
    const lost = [...load.acknowledged].filter((id) => !stored.has(id))
    expect(lost.length, 'acknowledged and not stored').toBe(0)
  }

  test('the leader of the stream is killed under load: nothing acknowledged is lost, nothing is there twice', async () => {
    const [api, writer] = [await startProcess('serve'), await startProcess('write')]
    const load = startLoad(api.url, 32)
    await load.reach(300)
    const leader = await nats.leaderOf('HEED_INGEST')
    await nats.kill(leader)
    const before = load.acknowledged.size
    await load.reach(before + 300)
    await nats.start(leader)
    await load.reach(before + 600)
    await load.end()
    await drained(writer.url)
    expectEveryAcknowledgedOnce(await storedIds(), load)
    expect(load.longestGapMs()).toBeLessThanOrEqual(10_000)
    console.log(
      `leader killed: ${load.acknowledged.size} acknowledged, longest time without ${Math.round(load.longestGapMs())} ms`,
    )
    for (const { child, exit } of [api, writer]) {
      child.kill('SIGTERM')
      expect(await exit).toBe(0)
    }
  }, 120_000)

  test('writers are killed while they drain, and what they had comes to another', async () => {
    const api = await startProcess('serve')
    const load = startLoad(api.url, 32)
    for (let killed = 0; killed < 3; killed += 1) {
      const writer = await startProcess('write')
      const before = load.acknowledged.size
      await load.reach(before + 250)
      writer.child.kill('SIGKILL')
      await once(writer.child, 'exit')
    }
    await load.end()
    const [last, neighbour] = [await startProcess('write'), await startProcess('write')]
    await drained(last.url)
    expectEveryAcknowledgedOnce(await storedIds(), load)
    expect((await fetch(`${neighbour.url}/readyz`)).status).toBe(200)
  }, 120_000)

  test('answers wait for a writer; they keep their age, growing ones grow, repeats are known', async () => {
    const api = await startProcess('serve')
    const item = response(survey, { completed: false, ageMs: 1000 })
    expect(await send(api.url, item)).toBe('stored')
    expect(await send(api.url, item)).toBe('duplicate')
    const grown = { ...item, seq: 2, answers: { nps: 3 }, completed: true }
    expect(await send(api.url, grown)).toBe('stored')
    await delay(1500)
    const writer = await startProcess('write')
    await drained(writer.url)
    const rows = await runSql<{ nps: number; seq: number; age: number }>(
      db,
      `
      select nps, seq, extract(epoch from received_at - occurred_at)::float8 as age
      from responses where project_id = '${project.id}' and id = '${item.id}'`,
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ nps: 3, seq: 2 })
    expect(rows[0]?.age).toBeGreaterThan(2)
  }, 60_000)

  test('an answer that waits in the stream while its visitor is erased is erased when it has come', async () => {
    const api = await startProcess('serve')
    const [waiting, later] = [newResponseId(), newResponseId()]
    const answer = (id: string, ageMs: number) => response(survey, { id, visitor: 'erased', ageMs })
    expect(await send(api.url, answer(waiting, 2_000))).toBe('stored')
    const person = { kind: 'visitor', id: 'erased', reference: 'x' } as const
    expect((await erasePerson(db, { projectId: project.id, actor: 'cli' }, person)).responses).toBe(0)
    expect(await send(api.url, answer(later, 0))).toBe('stored')
    const writer = await startProcess('write')
    await drained(writer.url)
    expect(await storedIds()).toEqual(expect.arrayContaining([waiting, later]))
    await sweepErased(db)
    const left = await storedIds()
    expect([waiting, later].filter((id) => left.includes(id))).toEqual([later])
  }, 60_000)

  test('what the database refuses is kept without hurting its neighbours, and stored once the cause is gone', async () => {
    const [api, writer] = [await startProcess('serve'), await startProcess('write')]
    await runSql(
      db,
      `alter table responses add constraint no_poison check (subject is distinct from 'poison')`,
    )
    const items = Array.from({ length: 9 }, (_, index) =>
      response(survey, { subject: index === 4 ? 'poison' : 'x' }),
    )
    const statuses = await Promise.all(items.map((item) => send(api.url, item)))
    expect(statuses).toEqual(items.map(() => 'stored'))
    await drained(writer.url)
    const refused = items[4]
    const isStored = async (id: string | undefined) => (await storedIds()).includes(id ?? '')
    for (const item of items) expect(await isStored(item.id)).toBe(item !== refused)

    const listed = await heed(['dead-letters', 'list', '--json'], env)
    expect(listed).toMatchObject({ code: 0, err: '' })
    const letters = listed.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(letters).toEqual([
      {
        seq: 1,
        at: expect.stringMatching(/^\d{4}-/),
        code: '23514',
        place: 'no_poison',
        rows: [{ projectId: project.id, kind: 'response', id: refused?.id }],
      },
    ])
    expect(await heed(['dead-letters', 'replay'], env)).toMatchObject({ code: 1 })
    // Still refused: it is a dead letter again, with another number.
    expect((await heed(['dead-letters', 'replay', '1', '--json'], env)).out).toBe('{"replayed":1}\n')
    await drained(writer.url)
    expect((await heed(['dead-letters', 'list'], env)).out).toMatch(/^2 {2}.*23514 {2}no_poison/)

    await runSql(db, `alter table responses drop constraint no_poison`)
    expect((await heed(['dead-letters', 'replay', '--all'], env)).out).toBe('1 on their way again\n')
    await drained(writer.url)
    expect(await isStored(refused?.id)).toBe(true)
    expect((await heed(['dead-letters', 'list'], env)).out).toBe('no dead letters\n')
  }, 60_000)

  test('without its cluster ingest says 503 and not ready, and takes the same answers when it is back', async () => {
    const api = await startProcess('serve')
    expect(await send(api.url, response(survey))).toBe('stored')
    const ready = async () => (await fetch(`${api.url}/readyz`)).status
    expect(await ready()).toBe(200)
    for (const name of nats.names) await nats.kill(name)
    while ((await ready()) !== 503) await delay(50)
    const startedMs = performance.now()
    const refused = await fetch(`${api.url}/v1/ingest/${project.publicKey}`, {
      method: 'POST',
      body: JSON.stringify({ sdk: '1', items: [response(survey)] }),
    })
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect(performance.now() - startedMs).toBeLessThan(12_000)
    await Promise.all(nats.names.map((name) => nats.start(name)))
    while ((await ready()) !== 200) await delay(100)
    const item = response(survey)
    expect(await send(api.url, item)).toBe('stored')
    const writer = await startProcess('write')
    await drained(writer.url)
    expect(await storedIds()).toContain(item.id)
  }, 90_000)

  test('answers are taken and kept while the database is away', async () => {
    const proxy = await startTcpProxy(database.url)
    onTestFinished(() => proxy.close())
    const api = await startProcess('serve', { DATABASE_URL: proxy.url })
    expect(await send(api.url, response(survey))).toBe('stored')
    proxy.cut()
    const items = Array.from({ length: 10 }, () => response(survey))
    for (const item of items) expect(await send(api.url, item)).toBe('stored')
    const ready = await fetch(`${api.url}/readyz`)
    expect(ready.status).toBe(200)
    expect(await ready.json()).toMatchObject({ detail: expect.stringContaining('answers are queued') })
    await proxy.restore()
    const writer = await startProcess('write', { DATABASE_URL: proxy.url })
    await drained(writer.url)
    const stored = await storedIds()
    for (const item of items) expect(stored).toContain(item.id)
  }, 60_000)

  test('a writer that cannot store says so, keeps everything, and goes on when it can', async () => {
    const api = await startProcess('serve')
    const writer = await startProcess('write')
    const name = new URL(database.url).pathname.slice(1)
    // The rows cannot be stored, and no row is at fault: a migration is missing. Writers know the view, not the table.
    await runSql(db, `alter view incoming_responses rename column locale to other`)
    const items = Array.from({ length: 20 }, () => response(survey))
    for (const item of items) expect(await send(api.url, item)).toBe('stored')
    const ready = async () => (await fetch(`${writer.url}/readyz`)).status
    while ((await ready()) !== 503) await delay(50)
    const [held] = await runSql<{ at: Date }>(db, 'select now() as at')
    await delay(3_000)
    await runSql(db, `alter view incoming_responses rename column other to locale`)
    // Prepared statements of old connections are fine, those that failed are not: end them all, as a failover does.
    await runSql(
      db,
      `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = '${name}' and application_name = 'heed writer'`,
    )
    await drained(writer.url)
    const stored = await storedIds()
    for (const item of items) expect(stored).toContain(item.id)
    // How long the writer held them is part of their age; what the commit itself takes is not.
    const [newest] = await runSql<{ at: Date }>(
      db,
      `select max(occurred_at) as at from responses where project_id = '${project.id}'`,
    )
    expect(newest?.at.getTime()).toBeLessThan((held?.at.getTime() ?? 0) + 2_000)
    while ((await ready()) !== 200) await delay(50)
    expect((await heed(['dead-letters', 'list'], env)).out).toBe('no dead letters\n')
  }, 60_000)

  test('a message that nobody can read becomes a dead letter and stops nothing', async () => {
    const { connect } = await import('@nats-io/transport-node')
    const { jetstream } = await import('@nats-io/jetstream')
    const [first = ''] = nats.url.split(',')
    const nc = await connect({ servers: new URL(first).host, user: 'heed', pass: 'hunter2' })
    onTestFinished(() => nc.close())
    const writer = await startProcess('write')
    await jetstream(nc).publish('heed.ingest', '{"v":9}', { msgID: newResponseId() })
    await drained(writer.url)
    expect((await heed(['dead-letters', 'list'], env)).out).toMatch(/unreadable {2}- {2}unreadable/)
    expect(await metric(writer.url, 'heed_writer_unreadable_total')).toBe(1)
  }, 60_000)

  test('a stream with other replicas, a server that does not sync and a password that is wrong are refused', async () => {
    const single = await heed(['write'], { ...env, HEED_NATS_REPLICAS: '1' })
    expect(single).toMatchObject({ code: 1 })
    expect(single.err).toContain('the stream HEED_INGEST has num_replicas 3, expected 1')
    const stranger = await heed(['write'], { ...env, NATS_URL: nats.url.replaceAll('hunter2', 'hunter3') })
    expect(stranger.err).toMatch(/NATS_URL: no server could be used/)
    expect(stranger.err).not.toContain('hunter3')
    const lazy = await startNats({
      program: 'program' in found ? found.program : '',
      servers: 1,
      syncInterval: '2m',
    })
    onTestFinished(() => lazy.close())
    const lazyEnv = { ...env, NATS_URL: lazy.url, HEED_NATS_MONITOR: lazy.monitor }
    expect((await heed(['serve'], lazyEnv)).err).toContain('acknowledges before its disk has the message')
    const alone = await heed(['serve'], { ...lazyEnv, HEED_NATS_MONITOR: '' })
    expect(alone.err).toContain('HEED_NATS_REPLICAS: 3 copies need a cluster')
  }, 60_000)
})
