import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import type { Candidate } from './candidate.ts'
import type { ServedCandidate, Wire } from './serve-candidate.ts'

/** What a page has cost at one moment. */
export interface Cost {
  wire: Wire
  /** Running and compiling scripts, CPU time of the main thread. */
  scriptMs: number
  /** Everything on the main thread: also style, layout and paint. */
  taskMs: number
  heapBytes: number
}

export interface Visit {
  view: Cost
  shown: Cost
}

/** Time for everything that waits for `load`, for idleness or for one turn of a once-a-second loop. */
const settleMs = 1500

/** Closed shadow roots too: they are remembered as they are made. */
const rememberRoots = () => {
  const roots: ShadowRoot[] = []
  const { attachShadow } = Element.prototype
  Element.prototype.attachShadow = function (this: Element, init: ShadowRootInit) {
    const root = attachShadow.call(this, init)
    roots.push(root)
    return root
  }
  Object.assign(globalThis, { __roots: roots })
}

/** Runs in the page: calls the trigger, looks once a frame, and tells when the frame that shows it is through. */
const triggerToPaint = ([trigger, shown]: [string, string]) =>
  new Promise<number>((resolve, reject) => {
    const { __roots: roots } = globalThis as unknown as { __roots: ShadowRoot[] }
    const isVisible = () =>
      [document, ...roots].some((root) => {
        const element = root.querySelector(shown)
        if (!element?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false
        const { top, bottom, height } = element.getBoundingClientRect()
        return height > 0 && top < innerHeight && bottom > 0
      })
    const startedAt = performance.now()
    const look = () => {
      if (performance.now() - startedAt > 20_000) reject(new Error(`${trigger}: nothing to see in 20 s`))
      else if (!isVisible()) requestAnimationFrame(look)
      else {
        // A message is handled after the frame has been painted.
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now() - startedAt)
        port2.postMessage(0)
      }
    }
    requestAnimationFrame(look)
    Promise.resolve(new Function(`return ${trigger}`)()).catch(reject)
  })

async function costNow(session: CDPSession, served: ServedCandidate): Promise<Cost> {
  const wire = served.wire()
  const { metrics: before } = await session.send('Performance.getMetrics')
  await session.send('HeapProfiler.collectGarbage')
  const { metrics: after } = await session.send('Performance.getMetrics')
  const of = (metrics: typeof before, name: string) =>
    metrics.find((entry) => entry.name === name)?.value ?? Number.NaN
  return {
    wire,
    scriptMs: (of(before, 'ScriptDuration') + of(before, 'V8CompileDuration')) * 1000,
    taskMs: of(before, 'TaskDuration') * 1000,
    heapBytes: of(after, 'JSHeapUsedSize'),
  }
}

/** A page of its own in the given context, with the candidate on it, settled. */
async function openPage(context: BrowserContext, served: ServedCandidate): Promise<[Page, CDPSession]> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.addInitScript(rememberRoots)
  await page.goto(served.url, { waitUntil: 'load' })
  await page.waitForTimeout(settleMs)
  return [page, session]
}

const show = (page: Page, { trigger, shown }: Candidate) =>
  page.evaluate(triggerToPaint, [trigger, shown] as [string, string])

const viewport = { width: 1280, height: 800 }

/** Costs of a first visit: the page view, then the survey; a page without a candidate just waits as long. */
export async function firstVisit(
  browser: Browser,
  candidate: Candidate | undefined,
  served: ServedCandidate,
): Promise<Visit> {
  const context = await browser.newContext({ viewport })
  try {
    served.reset()
    const [page, session] = await openPage(context, served)
    const view = await costNow(session, served)
    if (candidate) await show(page, candidate)
    await page.waitForTimeout(settleMs)
    return { view, shown: await costNow(session, served) }
  } finally {
    await context.close()
  }
}

/** Milliseconds from trigger to paint with everything in the HTTP cache, at each slowdown of the CPU in turn. */
export async function paintTimes(
  browser: Browser,
  candidate: Candidate,
  served: ServedCandidate,
  slowdowns: readonly number[],
): Promise<number[]> {
  const context = await browser.newContext({ viewport })
  try {
    const times: number[] = []
    // The first page fills the cache.
    for (const rate of [1, ...slowdowns]) {
      const [page, session] = await openPage(context, served)
      await session.send('Emulation.setCPUThrottlingRate', { rate })
      times.push(await show(page, candidate))
      await page.close()
    }
    return times.slice(1)
  } finally {
    await context.close()
  }
}
