/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Driver } from './engine.ts'
import type { InSurvey } from './find-in-survey.ts'

/** For whatever has to come about by itself. */
const patienceMs = 15_000
/** Between two looks at a condition. */
const lookEveryMs = 25

export interface EngineVisitor extends Omit<Driver, 'click' | 'read'> {
  /** Begins to go back; the protocols' own commands wait for a `load` that a page out of the cache does not have. */
  back(): Promise<void>
  /** Waits until the survey has such an element, then clicks it. */
  tap(what: InSurvey): Promise<void>
  /** Waits until the survey has such an element, and returns its words. */
  meets(what: InSurvey): Promise<string>
  /** Waits until the survey has no such element. */
  misses(what: InSurvey): Promise<void>
  /** Waits until a function of the page says something true, and returns that. */
  until<Args extends unknown[], Result>(
    run: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result>
}

export function createVisitor(driver: Driver): EngineVisitor {
  /** Looks again until there is something true; a page that is just being left counts as nothing. */
  async function poll<Result>(look: () => Promise<Result>, what: string): Promise<Result> {
    const deadline = Date.now() + patienceMs
    let lastError: unknown
    while (Date.now() < deadline) {
      try {
        const result = await look()
        if (result) return result
      } catch (error) {
        lastError = error
      }
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
    }
    throw new Error(`waited ${patienceMs} ms in vain for ${what}`, { cause: lastError })
  }
  return {
    ...driver,
    back: () =>
      driver.evaluate(() => {
        setTimeout(() => history.back())
      }),
    async tap(what) {
      await poll(() => driver.click(what), JSON.stringify(what))
    },
    async meets(what) {
      const found = await poll(async () => {
        const words = await driver.read(what)
        return words === null ? undefined : { words }
      }, JSON.stringify(what))
      return found?.words ?? ''
    },
    async misses(what) {
      await poll(async () => (await driver.read(what)) === null, `no ${JSON.stringify(what)}`)
    },
    until: (run, ...args) => poll(() => driver.evaluate(run, ...args), String(run)),
  }
}
