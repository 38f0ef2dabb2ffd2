/**
 * How long `npm start` takes until the demo is ready, everything installed: with an empty data folder and again with
 * the one it has just made. The whole process counts, from the shell's point of view.
 *
 *   npm run bench -- start
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const limitSeconds = 10

/** Seconds from the command to the line that says ready; the process is stopped again. */
function startOnce(dataDir: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now()
    let seconds: number | undefined
    let output = ''
    const child = spawn(process.execPath, ['scripts/bootstrap.mjs', 'start'], {
      cwd: root,
      env: { ...process.env, HEED_DATA_DIR: dataDir, PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk
        if (seconds !== undefined || !/ s {2}ready\n/.test(output)) return
        seconds = (performance.now() - startedAt) / 1000
        child.kill('SIGTERM')
      })
    }
    child.on('exit', () => (seconds === undefined ? reject(new Error(output)) : resolve(seconds)))
  })
}

const dataDir = await mkdtemp(join(tmpdir(), 'heed-start-'))
try {
  console.log(
    `npm start to ready, empty data folder   ${(await startOnce(dataDir)).toFixed(1)} s   (limit ${limitSeconds})`,
  )
  console.log(
    `npm start to ready, again               ${(await startOnce(dataDir)).toFixed(1)} s   (limit ${limitSeconds})`,
  )
} finally {
  await rm(dataDir, { recursive: true, force: true })
}
