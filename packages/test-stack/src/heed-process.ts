import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../../../apps/api/src/cli.ts', import.meta.url))
const shiftedClock = fileURLToPath(new URL('./faults/shifted-clock.ts', import.meta.url))

type Env = Record<string, string>

export interface ProcessOptions {
  /** Of the command line, after the command. */
  args?: string[]
  /** How many files and sockets it may have open. Linux only: `prlimit` sets it. @default the user's own limit */
  openFiles?: number
  /** Lets `shiftClock` move what the process calls now. */
  hasShiftedClock?: boolean
}

/** A process of Heed that goes on until it is told to stop, or stopped. */
export interface HeedProcess {
  url: string
  child: ChildProcess
  /** Its exit code; null when a signal ended it. */
  exit: Promise<number | null>
  /** What it has written to standard error. */
  log(): string
}

function start(args: string[], env: Env, options: ProcessOptions = {}): ChildProcess {
  const clock = options.hasShiftedClock ? ['--import', shiftedClock] : []
  const command = [process.execPath, '--conditions=@heed/source', ...clock, cli, ...args]
  const limited = options.openFiles ? ['prlimit', `--nofile=${options.openFiles}`, ...command] : command
  const [program = '', ...rest] = limited
  return spawn(program, rest, {
    env: { PATH: process.env.PATH, PORT: '0', HEED_LOG_LEVEL: 'fatal', ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...(options.hasShiftedClock ? ['ipc' as const] : [])],
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
export async function serve(env: Env, command = 'serve', options: ProcessOptions = {}): Promise<HeedProcess> {
  const child = start([command, '--json', ...(options.args ?? [])], env, options)
  const exit = once(child, 'exit').then(([code]) => code as number | null)
  let errors = ''
  child.stderr?.on('data', (chunk) => {
    errors += String(chunk)
  })
  for await (const chunk of child.stdout ?? []) {
    const { url } = JSON.parse(String(chunk)) as { url: string }
    return { url, child, exit, log: () => errors }
  }
  throw new Error(`${command} ended before it listened: ${errors}`)
}

/** `SIGKILL`, and it is gone; harmless when it is. */
export async function killHeed({ child, exit }: HeedProcess): Promise<void> {
  child.kill('SIGKILL')
  await exit
}

/** Moves what a process started with `hasShiftedClock` calls now; resolves when it has. */
export async function shiftClock(child: ChildProcess, byMs: number): Promise<void> {
  child.send({ shiftClockByMs: byMs })
  await once(child, 'message')
}
