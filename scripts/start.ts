/**
 * `npm start`: the whole product on this machine, for somebody who has just cloned it. Starts PostgreSQL and the
 * API, makes a demo project with its surveys once, serves the demo shop and the results board, and prints where to
 * look. `demo.json` in the data folder says the same to programs.
 */
import { existsSync, statSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readConfig, startServer } from '@heed/api'
import { createProject, createSecretKey, findProject, openDatabase } from '@heed/db'
import { startEmbedded } from '@heed/db/embedded'
import { startBoard } from '@heed/example-results-board/server'
import { seedDemo } from '@heed/example-storefront/seed'
import { startStorefront } from '@heed/example-storefront/server'

interface DemoFile {
  url: string
  shopUrl: string
  boardUrl: string
  projectId: string
  publicKey: string
  secretKey: string
  surveys: Record<string, string>
}

const root = fileURLToPath(new URL('..', import.meta.url))
const startedAt = performance.now()
const say = (line: string) =>
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(5)} s  ${line}`)

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .once('listening', () => probe.close(() => resolve(true)))
      .listen(port, host)
  })
}

/** The wanted port or the next free one above it. */
async function freePort(wanted: number, host: string): Promise<number> {
  for (let port = wanted; port < wanted + 50; port += 1) if (await isFree(port, host)) return port
  throw new Error(`PORT: no free port from ${wanted} to ${wanted + 49}; set another one`)
}

/** When the newest source of the widget was written, in milliseconds since the epoch. */
async function newestSource(): Promise<number> {
  let newest = 0
  for (const folder of ['packages/widget/src', 'packages/targeting/src', 'packages/contract/src']) {
    for (const entry of await readdir(join(root, folder), { recursive: true })) {
      newest = Math.max(newest, statSync(join(root, folder, entry)).mtimeMs)
    }
  }
  return newest
}

async function buildWidgetIfStale(): Promise<void> {
  const manifest = join(root, 'packages/widget/dist/manifest.json')
  if (existsSync(manifest) && statSync(manifest).mtimeMs > (await newestSource())) return
  say('building the widget')
  await import('../packages/widget/build.ts')
}

async function readDemo(path: string): Promise<DemoFile | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as DemoFile
  } catch {
    return undefined
  }
}

async function main(): Promise<void> {
  await buildWidgetIfStale()
  const base = readConfig(process.env)
  // A port somebody asked for is theirs to free; the default may move aside.
  const port = process.env.PORT ? base.port : await freePort(base.port, base.host)
  const dataDir = base.dataDir
  await mkdir(dataDir, { recursive: true })

  const embedded = base.databaseUrl ? undefined : await startEmbedded({ dataDir })
  say(embedded ? 'PostgreSQL is up (embedded)' : 'using DATABASE_URL')
  const databaseUrl = base.databaseUrl ?? embedded?.url ?? ''
  const server = await startServer({ ...base, port, databaseUrl }).catch(async (error: unknown) => {
    await embedded?.stop()
    throw error
  })
  say(`API on ${server.url}`)
  const apiPort = Number(new URL(server.url).port)

  const db = openDatabase({ url: databaseUrl, application: 'heed-demo', poolSize: 1 })
  const demoPath = join(dataDir, 'demo.json')
  const known = await readDemo(demoPath)
  let project = known && (await findProject(db, known.projectId))
  let secretKey = known?.secretKey
  if (!project || !secretKey) {
    const created = await createProject(db, { name: 'Demo shop' })
    project = created.project
    secretKey = created.secretKey
  }
  const surveys = await seedDemo({ apiUrl: server.url, projectId: project.id, secretKey }).catch(async () => {
    // The remembered key was revoked: the project stays, it gets a new one.
    const fresh = await createSecretKey(db, project.id, { name: 'Demo', scopes: ['read', 'write', 'admin'] })
    secretKey = fresh.secretKey
    return seedDemo({ apiUrl: server.url, projectId: project.id, secretKey })
  })
  await db.destroy()

  const shop = await startStorefront({
    port: await freePort(apiPort + 1, base.host),
    host: base.host,
    script: { src: `${server.url}/${project.publicKey}/heed.js` },
  })
  const board = await startBoard({
    port: await freePort(apiPort + 2, base.host),
    host: base.host,
    apiUrl: server.url,
    projectId: project.id,
    secretKey,
    shopUrl: shop.url,
  })
  const demo: DemoFile = {
    url: server.url,
    shopUrl: shop.url,
    boardUrl: board.url,
    projectId: project.id,
    publicKey: project.publicKey,
    secretKey,
    surveys,
  }
  // Holds a secret key: for this user only.
  await writeFile(demoPath, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 })
  say('ready')
  console.log(`
  Start here       ${board.url}   answers arrive on this page
  The shop         ${shop.url}/en/   also /ko/ /ja/ /zh/ /ar/
  API and docs     ${server.url}/docs
  Keys             ${demoPath}

  Ctrl+C stops; the data stays.
`)

  const stop = async () => {
    await Promise.all([board.close(), shop.close()])
    await server.close()
    await embedded?.stop()
    process.exit(0)
  }
  // A second Ctrl+C ends at once, as it does anywhere.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop)
}

main().catch((error: unknown) => {
  console.error(`heed: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
})
