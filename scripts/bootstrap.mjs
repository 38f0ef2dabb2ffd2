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
  fuzz: (rest) => [...source, 'scripts/fuzz.ts', ...rest],
  soak: (rest) => [...source, 'scripts/soak.ts', ...rest],
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

/** The processes between the package manager that started us and us, itself included; none where that cannot be told. */
function starters() {
  const pids = []
  let pid = process.ppid
  // npm, its shell, and perhaps the wrapper that pnpm lays around the pinned Node.
  for (let level = 0; level < 4 && pid > 1; level += 1) {
    const { stdout, status } = spawnSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' })
    const [, parent, command] = (status === 0 && /^\s*(\d+) (.*)/.exec(stdout)) || []
    if (!command) break
    pids.push(pid)
    if (/^p?npm\b|npm-cli|pnpm\.c?js/.test(command)) return pids
    pid = Number(parent)
  }
  return []
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/**
 * npm starts us through a shell that passes no signal on, so ending `npm start` would leave a server behind. When one
 * of the processes between npm and us is gone, the child is told to stop.
 */
function endWithStarter(child) {
  if (onWindows || !process.env.npm_lifecycle_event) return
  const between = starters()
  const timer = setInterval(() => {
    if (between.every(isAlive)) return
    clearInterval(timer)
    child.kill('SIGTERM')
  }, 500)
  timer.unref()
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
endWithStarter(child)
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
