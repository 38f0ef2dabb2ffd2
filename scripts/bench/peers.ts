/**
 * Heed beside other widgets on the same page, served the same way, measured in turn in the same run: what a page view
 * costs when nothing shows, what a shown survey costs, and how long it takes from the call to the first painted frame
 * when the files lie in the browser's cache.
 *
 *   npm run bench -- peers [rounds]
 *
 * Script time and heap are what is left after those of the same page without any widget. Exits with 1 when Heed is
 * above a limit.
 */
import { launchBrowser } from '@heed/test-stack'
import { median } from '../lib/median.ts'
import type { Candidate } from './peers/candidate.ts'
import { formbricks } from './peers/formbricks.ts'
import { heed } from './peers/heed.ts'
import { installPeers } from './peers/install-peers.ts'
import { type Cost, firstVisit, paintTimes, type Visit } from './peers/measure.ts'
import { posthog } from './peers/posthog.ts'
import { sentry } from './peers/sentry.ts'
import { serveCandidate } from './peers/serve-candidate.ts'

const rounds = Number(process.argv[2] ?? 7)
const slowdowns = [1, 4]
const nothing: Candidate = { name: 'nothing', head: '', files: new Map(), trigger: '', shown: '' }

const home = await installPeers()
const candidates = [nothing, await heed(), await posthog(home), await sentry(home), await formbricks(home)]
const browser = await launchBrowser()
const entries = await Promise.all(
  candidates.map(async (candidate) => ({
    candidate,
    served: await serveCandidate(candidate),
    visits: [] as Visit[],
    paints: [] as number[][],
  })),
)

try {
  // The first round warms what warms.
  for (let round = 0; round <= rounds; round += 1) {
    for (const { candidate, served, visits, paints } of entries) {
      const widget = candidate === nothing ? undefined : candidate
      const visit = await firstVisit(browser, widget, served)
      const times = widget ? await paintTimes(browser, widget, served, slowdowns) : []
      if (round === 0) continue
      visits.push(visit)
      paints.push(times)
    }
  }
} finally {
  await browser.close()
  for (const { served } of entries) await served.close()
}

const [bare, ...widgets] = entries
type Moment = 'view' | 'shown'
const middle = (visits: Visit[], moment: Moment, pick: (cost: Cost) => number) =>
  median(visits.map((visit) => pick(visit[moment])))
const added = (moment: Moment, pick: (cost: Cost) => number) =>
  widgets.map(({ visits }) => middle(visits, moment, pick) - middle(bare?.visits ?? [], moment, pick))

let isMissed = false
function row(what: string, values: number[], digits: number, limit?: number) {
  const [own = Number.NaN, ...others] = values
  const ratio = own / Math.min(...others)
  const isOver = limit !== undefined && !(ratio <= limit)
  isMissed ||= isOver
  const verdict = limit === undefined ? '' : `   at most ${limit}${isOver ? '  MISSED' : ''}`
  console.log(
    what.padEnd(32) +
      values.map((value) => value.toFixed(digits).padStart(16)).join('') +
      ratio.toFixed(2).padStart(9) +
      verdict,
  )
}

console.log(`\n${rounds} rounds in turn, medians; Chromium ${browser.version()}\n`)
const names = widgets.map(({ candidate }) => candidate.name.padStart(16)).join('')
console.log(`${''.padEnd(32)}${names}    ratio   (Heed to the smallest of the others)`)
for (const [moment, words, limit] of [
  ['view', 'page view', 0.35],
  ['shown', 'shown', 0.7],
] as const) {
  row(
    `${words}: bytes, brotli`,
    added(moment, ({ wire }) => wire.brotli),
    0,
    limit,
  )
  row(
    `${words}: bytes, gzip`,
    added(moment, ({ wire }) => wire.gzip),
    0,
  )
  row(
    `${words}: requests`,
    added(moment, ({ wire }) => wire.requests.length),
    0,
  )
  row(
    `${words}: script, ms`,
    added(moment, ({ scriptMs }) => scriptMs),
    1,
    limit,
  )
  row(
    `${words}: main thread, ms`,
    added(moment, ({ taskMs }) => taskMs),
    1,
  )
  row(
    `${words}: heap, kB`,
    added(moment, ({ heapBytes }) => heapBytes / 1000),
    0,
    limit,
  )
}
for (const [index, slowdown] of slowdowns.entries())
  row(
    `trigger to paint, CPU 1/${slowdown}, ms`,
    widgets.map(({ paints }) => median(paints.map((times) => times[index] ?? Number.NaN))),
    0,
    1.15,
  )
for (const { candidate, visits } of widgets) {
  const [last] = visits.slice(-1)
  console.log(`\n${candidate.name} fetched ${last?.view.wire.requests.join(' ')}`)
  console.log(
    `  when shown also ${last?.shown.wire.requests.slice(last.view.wire.requests.length).join(' ')}`,
  )
}
if (isMissed) process.exitCode = 1
