import { execFile } from 'node:child_process'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const script = fileURLToPath(new URL('./fetch-nats-server.sh', import.meta.url))
const oldest = [2, 10, 23]

export type FoundNatsServer = { program: string } | { missing: string }

let found: Promise<FoundNatsServer> | undefined

/**
 * A `nats-server` that can run Heed's streams: the one on the PATH when it is new enough, else Debian's, fetched once
 * into the user's cache. Says why there is none: tests that need it then say so and skip themselves.
 */
export function findNatsServer(): Promise<FoundNatsServer> {
  found ??= find()
  return found
}

async function find(): Promise<FoundNatsServer> {
  if (await isNewEnough('nats-server')) return { program: 'nats-server' }
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  try {
    const { stdout } = await run('sh', [script, join(cache, 'heed', 'nats')], { timeout: 120_000 })
    const program = stdout.trim()
    if (await isNewEnough(program)) return { program }
    return { missing: `${program} does not run or is older than ${oldest.join('.')}` }
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string }
    return { missing: (stderr?.trim() || message).split('\n').slice(-3).join(' ') }
  }
}

async function isNewEnough(program: string): Promise<boolean> {
  try {
    const { stdout } = await run(program, ['--version'])
    const version = (/(\d+)\.(\d+)\.(\d+)/.exec(stdout) ?? []).slice(1).map(Number)
    const differing = oldest.findIndex((number, index) => version[index] !== number)
    return version.length === 3 && (differing < 0 || (version[differing] ?? 0) > (oldest[differing] ?? 0))
  } catch {
    return false
  }
}
