import { execFile, spawn } from 'node:child_process'
import { readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { processIdentity } from './process-identity.ts'
import { commandAs, type SystemUser } from './system-user.ts'

/** A running server as its `postmaster.pid` describes it. */
export interface Postmaster {
  pid: number
  port: number
  isReady: boolean
}

/** The server that runs on this cluster; undefined when none does, whatever the file says. */
export function findPostmaster(cluster: string): Postmaster | undefined {
  let lines: string[]
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return undefined
  }
  const pid = Number(lines[0])
  if (!processIdentity(pid) || !worksIn(pid, cluster)) return undefined
  return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' }
}

// After a reboot the number in the file may belong to anybody. A postmaster's working directory is its cluster.
function worksIn(pid: number, cluster: string): boolean {
  if (process.platform !== 'linux') return true
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
  } catch {
    return false
  }
}

const settings = {
  listen_addresses: '127.0.0.1',
  // Its default folder, /var/run/postgresql, may not exist or not be ours.
  unix_socket_directories: '',
  fsync: 'on',
  synchronous_commit: 'on',
  // 1.35 KB of WAL a response: the default of 1 GB would force checkpoints, and full-page images, under load.
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  // The log must not carry what visitors wrote, which the details of an error would.
  log_error_verbosity: 'terse',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

export interface Launch {
  postgres: string
  cluster: string
  port: number
  logFile: string
  user: SystemUser | undefined
}

/** Starts a server and resolves when it accepts connections. Rejects with the end of its log when it gives up. */
export async function launch({ postgres, cluster, port, logFile, user }: Launch): Promise<void> {
  const log = await open(logFile, await logFlag(logFile), 0o600)
  const logStart = (await log.stat()).size
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const { program, args, options } = commandAs(user, postgres, ['-D', cluster, '-p', `${port}`, ...given])
  // Detached: a Ctrl-C in the terminal reaches the whole group, and would end the server under a draining API.
  const child = spawn(program, args, {
    ...options,
    cwd: cluster,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    windowsHide: true,
  })
  let ended: string | undefined
  child.once('error', (error) => {
    ended = error.message
  })
  child.once('exit', (code, signal) => {
    ended ??= `exit ${code ?? signal}`
  })
  child.unref()
  await log.close()
  while (!findPostmaster(cluster)?.isReady) {
    if (ended !== undefined) {
      const said = (await readFile(logFile, 'utf8')).slice(logStart).trim()
      throw new EmbeddedPostgresError(`The embedded PostgreSQL ended at once (${ended}): ${said}`)
    }
    await delay(20)
  }
}

// Started afresh beyond 5 MB, so that it needs no rotation.
async function logFlag(logFile: string): Promise<'a' | 'w'> {
  const size = await stat(logFile).then(
    (stats) => stats.size,
    () => 0,
  )
  return size > 5_000_000 ? 'w' : 'a'
}

/** Ends every connection, writes everything out and waits for the end. Harmless when nothing runs. */
export async function shutDown(pgCtl: string, cluster: string, user: SystemUser | undefined): Promise<void> {
  if (!findPostmaster(cluster)) return
  try {
    const stop = ['stop', '-D', cluster, '-m', 'fast', '-t', '60']
    const { program, args, options } = commandAs(user, pgCtl, stop)
    await promisify(execFile)(program, args, { ...options, cwd: cluster })
  } catch (cause) {
    if (!findPostmaster(cluster)) return
    throw new EmbeddedPostgresError(`The embedded PostgreSQL in ${cluster} did not stop within a minute`, {
      cause,
    })
  }
}
