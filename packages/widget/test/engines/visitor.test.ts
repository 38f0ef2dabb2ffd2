import {
  addProject,
  type Engine,
  type EngineVisitor,
  engineNames,
  type FreshDatabase,
  freshDatabase,
  missingEngines,
  openEngine,
  type Pages,
  type Relay,
  type Stack,
  startRelay,
  startStack,
  type TestProject,
} from '@heed/test-stack'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveSite } from './site.ts'
import { everyKind, npsAfterPurchase, onLeaving, onRoute, surfaces } from './surveys.ts'

let database: FreshDatabase
let stack: Stack
let relay: Relay
let project: TestProject
let site: Pages

beforeAll(async () => {
  database = await freshDatabase()
  stack = await startStack({ databaseUrl: database.url })
  relay = await startRelay(stack.apiUrl)
  project = await addProject(stack, [npsAfterPurchase, onRoute, onLeaving, everyKind, ...surfaces])
  site = await serveSite({ heedUrl: relay.url, publicKey: project.publicKey })
})
afterAll(async () => {
  await site.close()
  await relay.close()
  await stack.close()
  await database.drop()
})

/** Says a page event to Heed as the page does. */
const happens = (visitor: EngineVisitor, event: string) =>
  visitor.evaluate(
    (name) => (window.heed as (...call: unknown[]) => void)('track', name, { value: 40 }),
    event,
  )
const buy = (visitor: EngineVisitor) => happens(visitor, 'purchase')
const hears = (visitor: EngineVisitor, state: string) =>
  visitor.until((name) => window.heard.includes(name), state)
const troubles = (visitor: EngineVisitor) => visitor.evaluate(() => window.troubles)
const keptNames = (visitor: EngineVisitor) =>
  visitor.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])
const focusIs = (visitor: EngineVisitor, role: string) =>
  visitor.evaluate((wanted) => {
    const inside = document.querySelector('heed-survey')?.shadowRoot?.activeElement
    return inside?.getAttribute('role') === wanted || inside?.localName === wanted
  }, role)

/** The answers stored since the last call, so that no test counts another's. */
const counted = new Set<string>()
async function newAnswers(survey: string): Promise<Record<string, unknown>[]> {
  const fresh = (await project.responses(survey)).filter(({ id }) => !counted.has(id))
  for (const { id } of fresh) counted.add(id)
  return fresh.map(({ answers }) => answers)
}

const missing = missingEngines()
for (const { name, advice } of missing)
  console.warn(
    `\n!! ${name} is not on this machine, so nothing below is shown for it. To have it:\n   ${advice}\n`,
  )

describe.each(engineNames)('%s', (name) => {
  const isMissing = missing.some((one) => one.name === name)
  const test = it.skipIf(isMissing)
  let engine: Engine

  beforeAll(async () => {
    if (!isMissing) engine = await openEngine(name)
  })
  afterAll(() => engine?.close())

  /** Somebody new on a page of the site, for as long as the test goes on. */
  async function visit(
    path: string,
    run: (visitor: EngineVisitor) => Promise<void>,
    size: { width?: number; height?: number } = {},
  ): Promise<void> {
    const visitor = await engine.newVisitor(size)
    try {
      await visitor.goto(site.url + path)
      await run(visitor)
      expect(await troubles(visitor)).toEqual([])
    } finally {
      await visitor.close()
    }
  }

  test('asks at the page’s event and stores score and words, by mouse', async () => {
    await visit('/', async (visitor) => {
      await buy(visitor)
      await visitor.tap({ role: 'radio', nth: 9 })
      expect(await visitor.meets({ role: 'heading', name: 'What did you like?' })).toContain('Optional')
      await visitor.tap({ role: 'textbox' })
      // The same words from one engine after the other would look like copies.
      const praise = `fast delivery, seen in ${name}`
      await visitor.type(praise)
      await visitor.tap({ role: 'button', name: 'Send' })
      await hears(visitor, 'completed')
      await visitor.until(() => window.heard.filter((state) => state === 'stored').length > 1)
      expect(await newAnswers('nps')).toEqual([{ nps: 9, praise }])
    })
  })

  test('is answered by keyboard alone', async () => {
    await visit('/', async (visitor) => {
      await buy(visitor)
      await visitor.meets({ role: 'radio', nth: 10 })
      for (let presses = 0; presses < 20 && !(await focusIs(visitor, 'radio')); presses += 1)
        await visitor.press('Tab')
      await visitor.press('ArrowRight')
      await visitor.press('ArrowRight')
      await visitor.press('Enter')
      await visitor.meets({ role: 'heading', name: 'What went wrong?' })
      await visitor.until(
        () => document.querySelector('heed-survey')?.shadowRoot?.activeElement?.localName === 'textarea',
      )
      await visitor.type('too slow')
      await visitor.press('Control+Enter')
      await hears(visitor, 'completed')
      await visitor.until(() => window.heard.filter((state) => state === 'stored').length > 1)
      expect(await newAnswers('nps')).toEqual([{ nps: 2, why: 'too slow' }])
    })
  })

  test('keeps the answer while the server is away and sends it once from the next page', async () => {
    await visit('/', async (visitor) => {
      await buy(visitor)
      await visitor.meets({ role: 'radio', nth: 10 })
      await relay.refuse()
      try {
        await visitor.tap({ role: 'radio', nth: 4 })
        await visitor.tap({ role: 'textbox' })
        await visitor.type('outage')
        await visitor.tap({ role: 'button', name: 'Send' })
        await hears(visitor, 'completed')
        await visitor.meets({ role: 'heading', name: 'Thank' })
      } finally {
        await relay.accept()
      }
      await visitor.goto(`${site.url}/other`)
      await hears(visitor, 'stored')
      expect(await newAnswers('nps')).toEqual([{ nps: 4, why: 'outage' }])
      expect((await keptNames(visitor)).filter((key) => key.includes('.r.'))).toEqual([])
    })
  })

  test('meets its survey on a route that the page changes to without a load', async () => {
    await visit('/route/one', async (visitor) => {
      await visitor.evaluate(() => (window.heed as { ready?: Promise<void> }).ready)
      await visitor.evaluate(() => history.pushState(null, '', '/route/two'))
      await visitor.tap({ role: 'radio', nth: 6 })
      await hears(visitor, 'stored')
      expect(await newAnswers('route')).toEqual([{ ces: 7 }])
    })
  })

  test('leaves the page its back/forward cache, and goes on after it', async ({ skip }) => {
    if (!engine.keepsPages) {
      console.warn(
        '\n!! This Chromium has no back/forward cache. To see it kept: apt-get install -y chromium\n',
      )
      skip()
    }
    await visit('/', async (visitor) => {
      await visitor.until(() => typeof (window.heed as { track?: unknown }).track === 'function')
      // Firefox keeps no page that is still loading something, be it ours or the page's: all our parts are there first.
      await visitor.evaluate(() =>
        (window.heed as { explain?(): Promise<unknown> }).explain?.().then(() => {}),
      )
      await visitor.until(() =>
        [...document.querySelectorAll<HTMLLinkElement>('link[rel=modulepreload]')].every(
          ({ href }) => performance.getEntriesByName(href).length > 0,
        ),
      )
      await visitor.goto(`${site.url}/other`)
      await visitor.back()
      await visitor.until(() => window.returns === 1)
      await buy(visitor)
      await visitor.tap({ role: 'radio', nth: 10 })
      await hears(visitor, 'stored')
      expect(await newAnswers('nps')).toEqual([{ nps: 10 }])
    })
  })

  test('asks somebody whose pointer leaves through the top', async () => {
    await visit('/leaving', async (visitor) => {
      await visitor.evaluate(() => (window.heed as { ready?: Promise<void> }).ready)
      await visitor.point(600, 300)
      await visitor.point(600, 3)
      if (name === 'chromium') await visitor.point(600, -20)
      // The other two protocols refuse to move a pointer out of the page.
      else
        await visitor.until(() => {
          document.documentElement.dispatchEvent(new MouseEvent('mouseleave', { clientY: -1 }))
          return window.heard.includes('shown')
        })
      await visitor.tap({ role: 'radio', nth: 3 })
      await hears(visitor, 'stored')
      expect(await newAnswers('exit')).toEqual([{ ces: 4 }])
    })
  })

  test('writes to the device only after consent, and removes everything when it is taken back', async () => {
    await visit('/asking', async (visitor) => {
      await buy(visitor)
      await visitor.tap({ role: 'radio', nth: 8 })
      await hears(visitor, 'stored')
      expect(await keptNames(visitor)).toEqual([])
      await visitor.evaluate(() =>
        (window.heed as (...call: unknown[]) => void)('consent', { storage: 'granted' }),
      )
      await visitor.until(() => localStorage.length > 0)
      await visitor.evaluate(() =>
        (window.heed as (...call: unknown[]) => void)('consent', { storage: 'denied' }),
      )
      await visitor.until(() => localStorage.length === 0)
      expect(await newAnswers('nps')).toEqual([{ nps: 8 }])
    })
  })

  test('works under the strictest policy with Trusted Types', async () => {
    await visit('/strict', async (visitor) => {
      await buy(visitor)
      await visitor.tap({ role: 'radio', nth: 7 })
      await hears(visitor, 'stored')
      expect(await newAnswers('nps')).toEqual([{ nps: 7 }])
    })
  })

  test('stands at the left and counts towards the left on a page written from right to left', async () => {
    await visit('/ar', async (visitor) => {
      await buy(visitor)
      await visitor.meets({ role: 'heading', name: 'هل توصي بنا؟' })
      const [left, first, last] = await visitor.evaluate(() => {
        const root = document.querySelector('heed-survey')?.shadowRoot
        const radios = root?.querySelectorAll('[role=radio]') ?? []
        return [root?.querySelector('[role=dialog]'), radios[0], radios[10]].map(
          (element) => element?.getBoundingClientRect().left ?? Number.NaN,
        )
      })
      expect(left).toBeLessThan(100)
      expect(first).toBeGreaterThan(last ?? Number.NaN)
      await visitor.tap({ role: 'radio', nth: 1 })
      await hears(visitor, 'stored')
      expect(await newAnswers('nps')).toEqual([{ nps: 1 }])
    })
  })

  test('is a sheet along the lower edge of a narrow window', async () => {
    await visit(
      '/',
      async (visitor) => {
        await buy(visitor)
        await visitor.meets({ role: 'radio', nth: 10 })
        const gaps = await visitor.evaluate(() => {
          const root = document.querySelector('heed-survey')?.shadowRoot
          const box = root?.querySelector('[role=dialog]')?.getBoundingClientRect() as DOMRect
          const page = document.documentElement
          return [box.left, page.clientWidth - box.right, page.clientHeight - box.bottom].map(Math.round)
        })
        expect(gaps).toEqual([0, 0, 0])
        await visitor.tap({ role: 'radio', nth: 0 })
        await hears(visitor, 'stored')
        expect(await newAnswers('nps')).toEqual([{ nps: 0 }])
      },
      { width: 390, height: 700 },
    )
  })

  test('asks every kind of question', async () => {
    await visit('/', async (visitor) => {
      const asked = (kind: string) => visitor.meets({ role: 'heading', name: `Kind ${kind}` })
      const goOn = () => visitor.tap({ role: 'button', name: 'Next' })
      await happens(visitor, 'everything')
      for (const [kind, nth] of [
        ['nps', 9],
        ['csat', 3],
        ['ces', 5],
        ['gcr', 1],
        ['thumbs', 0],
        ['rating', 7],
        ['single', 2],
      ] as const) {
        await asked(kind)
        await visitor.tap({ role: 'radio', nth })
      }
      await asked('multiple')
      await visitor.tap({ role: 'checkbox', name: 'red' })
      await visitor.tap({ role: 'checkbox', name: 'blue' })
      await goOn()
      await asked('link')
      await visitor.meets({ role: 'link' })
      await goOn()
      await asked('message')
      await goOn()
      await asked('text')
      await visitor.tap({ role: 'textbox' })
      await visitor.type('some words')
      await goOn()
      await asked('email')
      await visitor.tap({ role: 'textbox' })
      await visitor.type('me@shop.example')
      await goOn()
      await asked('consent')
      await visitor.tap({ role: 'checkbox' })
      await visitor.tap({ role: 'button', name: 'Send' })
      await hears(visitor, 'completed')
      await visitor.meets({ role: 'heading', name: 'Thank' })
      await visitor.until(() => !Object.keys(localStorage).some((key) => key.includes('.r.')))
      expect(await newAnswers('everything')).toEqual([
        {
          nps: 9,
          csat: 4,
          ces: 6,
          gcr: 'partly',
          thumbs: 'up',
          rating: 8,
          single: 'blue',
          multiple: ['red', 'blue'],
          text: 'some words',
          email: 'me@shop.example',
          consent: true,
        },
      ])
    })
  })

  /** What it takes on each surface until the question is there. */
  const ways: Record<string, { path?: string; open?(visitor: EngineVisitor): Promise<unknown> }> = {
    bar: { open: (visitor) => happens(visitor, 'bar') },
    modal: { open: (visitor) => happens(visitor, 'modal') },
    button: { path: '/tab', open: (visitor) => visitor.tap({ role: 'button', name: 'Feedback' }) },
    'own-button': {
      path: '/own',
      async open(visitor) {
        await visitor.until(() => document.querySelector('#own')?.getAttribute('aria-haspopup'))
        await visitor.evaluate(() => document.querySelector<HTMLElement>('#own')?.click())
      },
    },
    inline: {
      async open(visitor) {
        await visitor.evaluate(() => (window.heed as { ready?: Promise<void> }).ready)
        await visitor.evaluate(() => {
          const place = document.createElement('section')
          place.id = 'ask'
          // Below the screen: where it would move what the visitor reads, it waits.
          document.body.append(place)
        })
      },
    },
    teaser: {
      async open(visitor) {
        await happens(visitor, 'teaser')
        await visitor.tap({ role: 'button', name: 'A word?' })
      },
    },
  }
  for (const [key, { path = '/', open }] of Object.entries(ways)) {
    test(`asks on its surface: ${key}`, async () => {
      await visit(path, async (visitor) => {
        await open?.(visitor)
        await visitor.tap({ role: 'radio', nth: 4 })
        await hears(visitor, 'stored')
        expect(await newAnswers(key)).toEqual([{ ces: 5 }])
      })
    })
  }

  test('obeys somebody who says "later"', async () => {
    await visit('/', async (visitor) => {
      await happens(visitor, 'snooze')
      await visitor.tap({ role: 'button', name: 'Not now' })
      await visitor.tap({ role: 'button', name: 'Ask me later' })
      await visitor.misses({ role: 'radio' })
      expect(await newAnswers('snooze')).toEqual([])
      expect(
        await visitor.evaluate(() => (window.heed as { show(key: string): Promise<string> }).show('nps')),
      ).toBe('ineligible')
    })
  })

  test('asks on a page of its own, where the score of a link waits for a tap', async () => {
    const visitor = await engine.newVisitor()
    try {
      await visitor.goto(`${relay.url}/${project.publicKey}/s/hosted?ces=6`)
      await visitor.meets({ role: 'radio', nth: 6 })
      await visitor.tap({ role: 'button', name: 'Send' })
      await visitor.meets({ role: 'heading', name: 'Thank' })
      expect(await newAnswers('hosted')).toEqual([{ ces: 6 }])
    } finally {
      await visitor.close()
    }
  })
})
