import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

type Env = Record<string, string>

function start(args: string[], env: Env): ChildProcess {
  return spawn(process.execPath, ['--conditions=@heed/source', cli, ...args], {
    env: { PATH: process.env.PATH, PORT: '0', HEED_LOG_LEVEL: 'fatal', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** One command of `heed`, to its end. */
export async function heed(args: string[], env: Env): Promise<{ code: number; out: string; err: string }> {
  const child = start(args, env)
  if (!child.stdout || !child.stderr) throw new Error('no pipes')
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code: code as number, out, err }
}

/** `heed serve`, or another command that goes on, in a process of its own, listening. */
export async function serve(
  env: Env,
  command = 'serve',
  options: string[] = [],
): Promise<{ url: string; child: ChildProcess; exit: Promise<number | null> }> {
  const child = start([command, '--json', ...options], env)
  const exit = once(child, 'exit').then(([code]) => code as number | null)
  let errors = ''
  child.stderr?.on('data', (chunk) => {
    errors += String(chunk)
  })
  for await (const chunk of child.stdout ?? []) {
    const { url } = JSON.parse(String(chunk)) as { url: string }
    return { url, child, exit }
  }
  throw new Error(`${command} ended before it listened: ${errors}`)
}
