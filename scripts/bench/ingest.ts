/**
 * What ingest does in a second, and what one acknowledged response costs: user and system time of the server's process
 * and of every PostgreSQL process. In one go, in turn and under the same load against
 *
 *   no store    a Fastify route that validates the body and stores nothing
 *   plain       a Fastify route that validates it and inserts it by itself into a plain table, with Kysely
 *   heed        ours, with everything: limits as they are by default, redaction, search words, group commit
 *
 * Closed loop over 64 and 256 connections, open loop at 1,000 requests a second; bodies of 0.5 to 2 kB, each with an id,
 * a visitor and a comment of its own and the ticket of the rules, four from one address. All that was acknowledged must
 * be stored. At the end the roll-up job takes in what was stored. Ratios are medians of the rounds. Linux only: it reads
 * /proc.
 *
 *   npm run bench -- ingest [--quick] [--rounds 4] [--seconds 5]
 */
import { parseArgs } from 'node:util'
import { median } from '../lib/median.ts'
import { rollUpCost } from './ingest/roll-up-cost.ts'
import type { Load, Measured, Server } from './ingest/stage.ts'
import { setStage } from './ingest/stage.ts'
import { printVerdicts } from './ingest/verdicts.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
  },
})
const rounds = Number(values.rounds ?? (values.quick ? 1 : 4))
const seconds = Number(values.seconds ?? (values.quick ? 2 : 5))

const loads = {
  '64 connections': { connections: 64, seconds },
  '256 connections': { connections: 256, seconds },
  '1,000/s, open loop': { connections: 64, seconds, perSecond: 1000 },
} satisfies Record<string, Load>
type LoadName = keyof typeof loads
const names = ['no store', 'plain', 'heed'] as const
type Name = (typeof names)[number]

const stage = await setStage()
try {
  const servers: Record<Name, Server> = {
    'no store': await stage.start('apps/api/bench/baseline-route.ts', [], {}),
    plain: await stage.start('apps/api/bench/plain-insert.ts', [], {}),
    // The sender is a proxy that names its clients. The job has its own line below.
    heed: await stage.startHeed({
      HEED_TRUST_PROXY: '127.0.0.0/8',
      HEED_ROLLUP_SECONDS: '0',
    }),
  }
  const acknowledged: Record<Name, number> = { 'no store': 0, plain: 0, heed: 0 }
  const results: { load: LoadName; name: Name; result: Measured }[] = []

  async function run(name: Name, load: Load): Promise<Measured> {
    const result = await stage.measure(servers[name], load)
    acknowledged[name] += result.acknowledged
    if (result.failed + result.refused > 0) {
      throw new Error(`${name}: ${result.failed} requests failed, ${result.refused} were refused`)
    }
    return result
  }

  console.log(`${rounds} rounds of ${seconds} s; CPU in µs of an acknowledged response\n`)
  for (const name of names) await run(name, { connections: 64, seconds: Math.min(seconds, 3) })
  console.log(
    'round  load                server     acknowledged/s     p50     p95     p99    CPU = server + postgres   sender',
  )
  for (let round = 1; round <= rounds; round += 1) {
    for (const load of Object.keys(loads) as LoadName[]) {
      // The order turns, so that none always comes after the same other.
      for (let n = 0; n < names.length; n += 1) {
        const name = names[(n + round) % names.length] ?? 'heed'
        const result = await run(name, loads[load])
        results.push({ load, name, result })
        const { rate, latency, micros, server, postgres, senderCpu } = result
        const ms = [latency.p50, latency.p95, latency.p99].map((one) => one.toFixed(1).padStart(7)).join(' ')
        console.log(
          `${String(round).padStart(5)}  ${load.padEnd(19)} ${name.padEnd(10)} ${rate.toFixed(0).padStart(14)} ${ms} ms ` +
            `${micros.toFixed(0).padStart(6)} = ${server.toFixed(0).padStart(4)} + ${postgres.toFixed(0).padStart(4)}` +
            `${((senderCpu / result.seconds) * 100).toFixed(0).padStart(19)} %`,
        )
      }
    }
  }

  /** Of each round, in order. */
  const all = (load: LoadName, name: Name) =>
    results.flatMap((one) => (one.load === load && one.name === name ? [one.result] : []))
  const middle = (load: LoadName, read: (result: Measured) => number) => median(all(load, 'heed').map(read))
  const ratio = (load: LoadName, to: Name, read: (result: Measured) => number) => {
    const others = all(load, to).map(read)
    return median(all(load, 'heed').map((result, round) => read(result) / (others[round] ?? Number.NaN)))
  }
  const cpu = ({ micros }: Measured) => micros
  const perSecond = ({ rate }: Measured) => rate

  for (const [name, table] of [
    ['plain', 'plain_responses'],
    ['heed', 'responses'],
  ] as const) {
    const rows = await stage.count(table)
    if (rows !== acknowledged[name])
      throw new Error(`${name}: acknowledged ${acknowledged[name]}, stored ${rows}`)
  }
  const suspicious = await stage.count('responses where suspicious')
  if (suspicious > acknowledged.heed / 100) {
    throw new Error(`${suspicious} responses look like those of bots: this is not what visitors cost`)
  }
  console.log(`\n${acknowledged.heed} and ${acknowledged.plain} acknowledged, all stored, once each\n`)
  const rollUps = await rollUpCost(stage)
  const closed = ['64 connections', '256 connections'] as const
  printVerdicts([
    ...closed.flatMap((load) => [
      { what: `CPU, ratio to no store, ${load}`, value: ratio(load, 'no store', cpu), atMost: 3.2 },
      { what: `CPU, ratio to plain, ${load}`, value: ratio(load, 'plain', cpu), atMost: 0.32 },
      { what: `acknowledged/s, ratio to plain, ${load}`, value: ratio(load, 'plain', perSecond), atLeast: 3 },
      {
        what: `acknowledged/s, ratio to no store, ${load}`,
        value: ratio(load, 'no store', perSecond),
        atLeast: 0.5,
      },
    ]),
    {
      what: 'CPU, with the roll-up job to without',
      value: 1 + rollUps / middle('64 connections', cpu),
      atMost: 1.1,
    },
    {
      what: 'p99, 64 connections',
      value: middle('64 connections', ({ latency }) => latency.p99),
      atMost: 30,
      unit: ' ms',
    },
    {
      what: 'p50, 1,000/s open loop',
      value: middle('1,000/s, open loop', ({ latency }) => latency.p50),
      atMost: 5,
      unit: ' ms',
    },
    {
      what: 'p99, 1,000/s open loop',
      value: middle('1,000/s, open loop', ({ latency }) => latency.p99),
      atMost: 30,
      unit: ' ms',
    },
  ])
  const busiest = Math.max(...results.map(({ result }) => result.senderCpu / result.seconds))
  if (busiest > 0.9)
    console.log(
      `\nThe sender was busy for ${(busiest * 100).toFixed(0)} % of the time: it may be what was measured.`,
    )
} finally {
  await stage.close()
}
