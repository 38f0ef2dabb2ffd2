/**
 * What Heed adds to a page view, measured in a real browser: script time by sampling profiler (everything our files
 * call included, native code too), the part of it before `load`, requests, long tasks and layout shift, on a shop
 * page where nothing shows. The same page without the script tag is measured in turn as the baseline.
 *
 *   npm run bench -- page [rounds]
 */
import { launchBrowser, startStack } from '@heed/test-stack'
import type { CDPSession, Page } from 'playwright-core'
import { median } from '../lib/median.ts'

interface ProfileNode {
  id: number
  callFrame: { url: string }
  children?: number[]
}
interface Profile {
  nodes: ProfileNode[]
  startTime: number
  samples: number[]
  timeDeltas: number[]
}
interface View {
  scriptMs: number
  beforeLoadMs: number
  requests: number
  longTasks: number
  layoutShift: number
  taskMs: number
}

const rounds = Number(process.argv[2] ?? 15)
const settleMs = 1500

/** Time in our files and in whatever they called, split at a monotonic instant; milliseconds. */
function timeOf(profile: Profile, isOurs: (url: string) => boolean, splitMicros: number): [number, number] {
  const ours = new Set<number>()
  const byId = new Map(profile.nodes.map((node) => [node.id, node]))
  const visit = (node: ProfileNode, inherited: boolean) => {
    const mine = inherited || isOurs(node.callFrame.url)
    if (mine) ours.add(node.id)
    for (const child of node.children ?? []) {
      const next = byId.get(child)
      if (next) visit(next, mine)
    }
  }
  const [rootNode] = profile.nodes
  if (rootNode) visit(rootNode, false)
  let at = profile.startTime
  let before = 0
  let total = 0
  profile.samples.forEach((id, index) => {
    const delta = profile.timeDeltas[index] ?? 0
    // A sample stands for the time since the previous one.
    if (ours.has(id)) {
      total += delta
      if (at + delta <= splitMicros) before += delta
    }
    at += delta
  })
  return [total / 1000, before / 1000]
}

async function metric(session: CDPSession, name: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find((entry) => entry.name === name)?.value ?? 0
}

async function view(page: Page, url: string, heedOrigin: string): Promise<View> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  await session.send('Profiler.enable')
  await session.send('Profiler.setSamplingInterval', { interval: 100 })
  let requests = 0
  page.on('request', (request) => {
    if (request.url().startsWith(heedOrigin)) requests += 1
  })
  await page.addInitScript(() => {
    const seen = { longTasks: 0, layoutShift: 0 }
    Object.assign(globalThis, { __seen: seen })
    new PerformanceObserver((list) => {
      seen.longTasks += list.getEntries().length
    }).observe({ type: 'longtask', buffered: true })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.layoutShift += (entry as unknown as { value: number }).value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  // A plain file of the same site first: the profile of a page that starts a process of its own comes out empty.
  await page.goto(new URL('/shop.css', url).href)
  await session.send('Profiler.start')
  await page.goto(url, { waitUntil: 'load' })
  const { timing, seen } = await page.evaluate(
    (ms) =>
      new Promise<{ timing: number; seen: { longTasks: number; layoutShift: number } }>((resolve) =>
        setTimeout(() => {
          const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
          resolve({
            timing: entry?.loadEventStart ?? 0,
            seen: (globalThis as unknown as { __seen: { longTasks: number; layoutShift: number } }).__seen,
          })
        }, ms),
      ),
    settleMs,
  )
  const { profile } = (await session.send('Profiler.stop')) as { profile: Profile }
  const navigationStart = await metric(session, 'NavigationStart')
  const [scriptMs, beforeLoadMs] = timeOf(
    profile,
    (source) => source.startsWith(heedOrigin),
    (navigationStart * 1000 + timing) * 1000,
  )
  return { scriptMs, beforeLoadMs, requests, ...seen, taskMs: (await metric(session, 'TaskDuration')) * 1000 }
}

const stack = await startStack()
const browser = await launchBrowser()
try {
  const withTag: View[] = []
  const without: View[] = []
  for (let round = 0; round <= rounds; round += 1) {
    for (const blocked of [false, true]) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
      const page = await context.newPage()
      if (blocked) await page.route(`${stack.apiUrl}/**`, (route) => route.abort())
      const result = await view(page, `${stack.shopUrl}/en/`, stack.apiUrl)
      // The first round warms the browser's and the servers' caches.
      if (round > 0) (blocked ? without : withTag).push(result)
      await context.close()
    }
  }
  const of = (views: View[], key: keyof View) => median(views.map((entry) => entry[key]))
  const worst = (views: View[], key: keyof View) => Math.max(...views.map((entry) => entry[key]))
  console.log(`page views: ${rounds} with the tag, ${rounds} without, in turn; Chromium ${browser.version()}`)
  console.log(`script time, median           ${of(withTag, 'scriptMs').toFixed(2)} ms   (limit 8)`)
  console.log(`  of it before load, median   ${of(withTag, 'beforeLoadMs').toFixed(2)} ms   (limit 1)`)
  console.log(`requests to Heed, most        ${worst(withTag, 'requests')}         (limit 1)`)
  const both = (key: keyof View, digits: number) =>
    `${worst(withTag, key).toFixed(digits)} (without the tag ${worst(without, key).toFixed(digits)})`
  console.log(`long tasks, most              ${both('longTasks', 0)}`)
  console.log(`layout shift, most            ${both('layoutShift', 4)}`)
  const ratio = of(withTag, 'taskMs') / of(without, 'taskMs')
  console.log(`main-thread task time, ratio to the same page without the tag: ${ratio.toFixed(2)}`)
} finally {
  await browser.close()
  await stack.close()
}
