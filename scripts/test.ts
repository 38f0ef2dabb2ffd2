/**
 * Everything a change must pass, one step after the other, with its time: `npm test` runs all, `npm run check` the
 * static ones, `npm run build` the build. Two cores are assumed, so nothing heavy runs beside anything else.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

interface Step {
  name: string
  command: string[]
  groups: ('build' | 'static' | 'test')[]
}

const root = fileURLToPath(new URL('..', import.meta.url))
const vitestReport = `${root}.artifacts/vitest.json`
const node = ['node', '--conditions=@heed/source']
const [group = 'test', ...rest] = process.argv.slice(2)

const steps: Step[] = [
  {
    name: 'build',
    command: ['turbo', 'run', 'build', '--output-logs=errors-only'],
    groups: ['build', 'test'],
  },
  {
    name: 'format and lint',
    command: ['biome', 'ci', '--error-on-warnings', '.'],
    groups: ['static', 'test'],
  },
  {
    name: 'types',
    command: ['turbo', 'run', 'typecheck', '--output-logs=errors-only'],
    groups: ['static', 'test'],
  },
  { name: 'types of scripts', command: ['tsc', '-p', 'scripts/tsconfig.json'], groups: ['static', 'test'] },
  { name: 'unused code', command: ['knip'], groups: ['static', 'test'] },
  { name: 'sizes', command: [...node, 'scripts/bench/size.ts', '--check'], groups: ['test'] },
  {
    name: 'tests',
    command: [
      'vitest',
      'run',
      '--config=scripts/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile=${vitestReport}`,
      ...rest,
    ],
    groups: ['test'],
  },
]

const wanted = steps.filter(({ groups }) => groups.some((name) => name === group))
if (wanted.length === 0)
  throw new Error(`scripts/test.ts: unknown group "${group}"; one of build, static, test`)

mkdirSync(`${root}.artifacts`, { recursive: true })
rmSync(vitestReport, { force: true })
const results = wanted.map(({ name, command: [program = '', ...args] }) => {
  console.log(`\n── ${name}: ${program} ${args.filter((arg) => !arg.startsWith(root)).join(' ')}`)
  const startedAt = performance.now()
  const { status } = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  return { name, ok: status === 0, seconds: (performance.now() - startedAt) / 1000 }
})

console.log('')
for (const { name, ok, seconds } of results) {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(18)} ${seconds.toFixed(1).padStart(6)} s`)
}
let passed = results.filter(({ ok }) => ok).length
let failed = results.length - passed
if (existsSync(vitestReport)) {
  const report = JSON.parse(readFileSync(vitestReport, 'utf8')) as {
    numPassedTests: number
    numFailedTests: number
  }
  passed += report.numPassedTests
  failed += report.numFailedTests
}
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(results.every(({ ok }) => ok) ? 0 : 1)
