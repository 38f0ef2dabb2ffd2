/**
 * Lets a fresh clone run with nothing but a Node of version 18 or newer: installs what is missing (with the pnpm
 * that package.json pins), then hands over to the pinned Node 24 of devDependencies. Plain JavaScript, because the
 * Node that starts it may not read TypeScript; everything else in this folder does.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const onWindows = process.platform === 'win32'
const bin = join(root, 'node_modules', '.bin')
const pinnedNode = join(root, 'node_modules', 'node', 'bin', onWindows ? 'node.exe' : 'node')
const stamp = join(root, 'node_modules', '.heed-installed')
const source = ['--conditions=@heed/source', '--disable-warning=ExperimentalWarning']

/** @type {Record<string, (rest: string[]) => string[]>} */
const commands = {
  start: (rest) => [...source, 'scripts/start.ts', ...rest],
  test: (rest) => [...source, 'scripts/test.ts', 'test', ...rest],
  check: (rest) => [...source, 'scripts/test.ts', 'static', ...rest],
  build: (rest) => [...source, 'scripts/test.ts', 'build', ...rest],
  bench: ([name = '', ...rest]) => [...source, `scripts/bench/${name}.ts`, ...rest],
  shots: (rest) => [...source, 'scripts/shots.ts', ...rest],
  heed: (rest) => [...source, 'apps/api/src/cli.ts', ...rest],
}

function fail(message) {
  process.stderr.write(`heed: ${message}\n`)
  process.exit(1)
}

function installIfNeeded() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .update(process.platform + process.arch)
    .digest('hex')
  if (existsSync(pinnedNode) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  process.stderr.write(`heed: installing dependencies with ${packageManager} (once, about half a minute)\n`)
  // To our standard error: `heed ... --json` promises nothing but JSON on standard output.
  const { status } = spawnSync('npx', ['--yes', packageManager, 'install', '--frozen-lockfile'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: onWindows,
  })
  if (status !== 0)
    fail('the installation failed; the lines above say why. Run the same command again to go on.')
  writeFileSync(stamp, wanted)
}

const major = Number(process.versions.node.split('.')[0])
if (major < 18) fail(`Node ${process.versions.node} is too old; install Node 18 or newer`)
const [name = '', ...rest] = process.argv.slice(2)
const command = commands[name]
if (!command) fail(`unknown command "${name}"; one of ${Object.keys(commands).join(', ')}`)
installIfNeeded()

const child = spawn(pinnedNode, command(rest), {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    PATH: `${join(root, 'node_modules', 'node', 'bin')}${delimiter}${bin}${delimiter}${process.env.PATH ?? ''}`,
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
  },
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
