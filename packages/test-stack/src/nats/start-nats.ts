import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

export interface NatsOptions {
  /** From `findNatsServer`. */
  program: string
  /** Servers of the cluster; 1 is a server alone. @default 3 */
  servers?: number
  /** Where the files lie; a folder that goes away at the end when absent. */
  folder?: string
  /** @default 'always' */
  syncInterval?: string
  user?: string
  password?: string
}

export interface Nats {
  /** As `NATS_URL` takes it. */
  url: string
  /** As `HEED_NATS_MONITOR` takes it. */
  monitor: string
  names: string[]
  /** Process ids of those that run. */
  pids(): number[]
  /** What a stream holds, as its leader says. */
  sizeOf(stream: string): Promise<{ messages: number; bytes: number }>
  /** The server that leads a stream: through it goes every acknowledgement. */
  leaderOf(stream: string): Promise<string>
  /** SIGKILL, and the process is gone. */
  kill(name: string): Promise<void>
  start(name: string): Promise<void>
  /** The files of one server. */
  folderOf(name: string): string
  close(): Promise<void>
}

interface Node {
  name: string
  client: number
  route: number
  monitor: number
  child?: ChildProcess
}

interface StreamDetail {
  name: string
  cluster?: { leader?: string }
  state: { messages: number; bytes: number }
}

/** What the monitoring port says of JetStream. */
interface Jsz {
  account_details?: { stream_detail?: StreamDetail[] }[]
}

const patienceMs = 12_000
const maxTries = 5

/** Real nats-servers on loopback with file storage that syncs each message: a cluster, or one alone. */
export async function startNats(options: NatsOptions): Promise<Nats> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'heed-nats-')))
  const ports = await freePorts((options.servers ?? 3) * 3)
  const nodes: Node[] = Array.from({ length: options.servers ?? 3 }, (_, index) => {
    const [client = 0, route = 0, monitor = 0] = ports.slice(index * 3)
    return { name: `n${index + 1}`, client, route, monitor }
  })

  const folderOf = (name: string) => join(folder, name)
  function configOf(node: Node): string {
    const routes = nodes.map(({ route }) => `nats://127.0.0.1:${route}`).join(', ')
    return [
      `server_name: ${node.name}`,
      `listen: 127.0.0.1:${node.client}`,
      `http: 127.0.0.1:${node.monitor}`,
      `jetstream { store_dir: "${folderOf(node.name)}", sync_interval: ${options.syncInterval ?? 'always'} }`,
      nodes.length > 1
        ? `cluster { name: heed, listen: 127.0.0.1:${node.route}, pool_size: -1, routes: [${routes}] }`
        : '',
      options.user ? `authorization { user: ${options.user}, password: ${options.password} }` : '',
      `log_file: "${folderOf(node.name)}.log"`,
    ].join('\n')
  }

  async function start(node: Node): Promise<void> {
    await mkdir(folderOf(node.name), { recursive: true })
    await writeFile(`${folderOf(node.name)}.conf`, configOf(node))
    node.child = spawn(options.program, ['-c', `${folderOf(node.name)}.conf`], { stdio: 'ignore' })
  }

  async function kill(node: Node): Promise<void> {
    const { child } = node
    delete node.child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  async function ask<Reply>(node: Node, path: string): Promise<Reply | undefined> {
    try {
      const reply = await fetch(`http://127.0.0.1:${node.monitor}${path}`, {
        signal: AbortSignal.timeout(2_000),
      })
      return reply.ok ? ((await reply.json()) as Reply) : undefined
    } catch {
      return undefined
    }
  }

  async function detailOf(node: Node, stream: string): Promise<StreamDetail | undefined> {
    const state = node.child && (await ask<Jsz>(node, '/jsz?streams=true'))
    const details = state?.account_details?.flatMap(({ stream_detail = [] }) => stream_detail)
    return details?.find(({ name }) => name === stream)
  }

  const byName = (name: string): Node => {
    const node = nodes.find((one) => one.name === name)
    if (!node) throw new Error(`there is no server ${name}`)
    return node
  }

  async function close(): Promise<void> {
    await Promise.all(nodes.map(kill))
    if (!options.folder) await rm(folder, { recursive: true, force: true })
  }

  /** A cluster can make streams once it has elected who keeps their list, and knows all its members. */
  async function isReady(): Promise<boolean> {
    const states = await Promise.all(
      nodes.map((node) => ask<{ meta_cluster?: { leader?: string; cluster_size?: number } }>(node, '/jsz')),
    )
    if (nodes.length === 1) return states[0] !== undefined
    return states.every(
      (state) => state?.meta_cluster?.leader && state.meta_cluster.cluster_size === nodes.length,
    )
  }

  async function startAll(): Promise<boolean> {
    await Promise.all(nodes.map(start))
    const giveUpMs = Date.now() + patienceMs
    while (!(await isReady())) {
      if (Date.now() > giveUpMs) return false
      await delay(100)
    }
    return true
  }

  try {
    // Servers of 2.10 that start at the same moment now and then found their list of streams for two of three (one in
    // fifteen starts here), and stay so. Empty ones can be told to begin again.
    for (let tries = 1; !(await startAll()); tries += 1) {
      if (tries === maxTries) throw new Error(`the NATS servers do not come up; see ${folder}`)
      await Promise.all(nodes.map(kill))
      await Promise.all(nodes.map(({ name }) => rm(folderOf(name), { recursive: true, force: true })))
    }
  } catch (error) {
    await close()
    throw error
  }

  const login = options.user ? `${options.user}:${options.password}@` : ''
  return {
    url: nodes.map(({ client }) => `nats://${login}127.0.0.1:${client}`).join(','),
    monitor: nodes.map(({ monitor }) => `http://127.0.0.1:${monitor}`).join(','),
    names: nodes.map(({ name }) => name),
    pids: () => nodes.flatMap(({ child }) => child?.pid ?? []),
    async leaderOf(stream) {
      for (const node of nodes) {
        const leader = (await detailOf(node, stream))?.cluster?.leader
        if (leader) return leader
      }
      throw new Error(`no server knows a leader of ${stream}`)
    },
    async sizeOf(stream) {
      for (const node of nodes) {
        const detail = await detailOf(node, stream)
        const leads = nodes.length === 1 || detail?.cluster?.leader === node.name
        if (detail && leads) return detail.state
      }
      throw new Error(`no server leads ${stream}`)
    },
    kill: (name) => kill(byName(name)),
    start: (name) => start(byName(name)),
    folderOf,
    close,
  }
}

/** Held together until all are known, so that no two are the same. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1')
      await once(server, 'listening')
      return server
    }),
  )
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => once(server.close(), 'close')))
  return ports
}
