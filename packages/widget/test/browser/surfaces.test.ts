import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { launchBrowser, type Pages } from '@heed/test-stack'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { logOf, nps, serveSurfaces, shiftsOf, show, surveyTexts, why } from './surface-page.ts'

const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
}
const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 800 } }

let site: Pages
let browser: Browser
const problems: string[] = []

beforeAll(async () => {
  site = await serveSurfaces()
  browser = await launchBrowser()
})
afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
  expect(problems.splice(0)).toEqual([])
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

async function openShop(options: BrowserContextOptions = desktop, path = '/'): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  page.on('pageerror', ({ message }) => problems.push(message))
  await page.goto(site.url + path)
  return page
}
const survey = (page: Page): Locator => page.locator('heed-survey')
const card = (page: Page): Locator => survey(page).locator('.card')
const heading = (page: Page): Locator => survey(page).getByRole('heading')
/** What has the focus: an element of the page by its id, of the survey by its tag. */
const focused = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const active = document.activeElement
    return active?.shadowRoot ? `survey ${active.shadowRoot.activeElement?.localName}` : active?.id
  })

describe('a corner of the page', () => {
  it.each([
    ['en', 'bottom-end', 'bottom right'],
    ['en', 'bottom-start', 'bottom left'],
    ['en', 'top-end', 'top right'],
    ['en', 'top-start', 'top left'],
    ['ar', 'bottom-end', 'bottom left'],
    ['ar', 'bottom-start', 'bottom right'],
    ['ar', 'top-end', 'top left'],
    ['he', 'top-start', 'top right'],
  ] as const)('in %s, %s is %s', async (locale, position, corner) => {
    const page = await openShop()
    await show(page, { kind: 'popover', position }, surveyTexts(locale))
    const { x, y, width, height } = (await card(page).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const block = y === 24 ? 'top' : y + height === 776 ? 'bottom' : y
    const inline = x === 24 ? 'left' : x + width === 1256 ? 'right' : x
    expect(`${block} ${inline}`).toBe(corner)
  })
})

describe('a sheet on a phone', () => {
  /** A finger goes from the middle of the sheet's upper edge, `distance` down. */
  async function drag(page: Page, distance: number): Promise<void> {
    const session = await page.context().newCDPSession(page)
    const box = (await card(page).boundingBox()) ?? { x: 0, y: 0, width: 0 }
    const [x, from] = [box.x + box.width / 2, box.y + 30]
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', share: number) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x, y: from + distance * share }],
      })
    await touch('touchStart', 0)
    for (const share of [0.2, 0.4, 0.6, 0.8, 1]) await touch('touchMove', share)
    await touch('touchEnd', 1)
  }

  it('lies at the lower edge across the screen', async () => {
    const page = await openShop(phone)
    await show(page, { kind: 'popover', position: 'top-start' })
    const box = await card(page).boundingBox()
    expect(box).toMatchObject({ x: 0, width: 390 })
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBe(844)
  })

  it('is pulled down and gone', async () => {
    const page = await openShop(phone)
    await show(page, { kind: 'popover' })
    await drag(page, 140)
    await survey(page).waitFor({ state: 'detached' })
    expect(await logOf(page)).toEqual(['report shown', 'report dismissed', 'closed'])
  })

  it('springs back from a small pull', async () => {
    const page = await openShop(phone)
    await show(page, { kind: 'popover' })
    const before = await card(page).boundingBox()
    await drag(page, 40)
    expect(await card(page).boundingBox()).toEqual(before)
    expect(await logOf(page)).toEqual(['report shown'])
  })

  it('is no sheet where the surface is not one', async () => {
    const page = await openShop(phone)
    await show(page, { kind: 'bar', position: 'top-end' })
    await drag(page, 140)
    expect(await logOf(page)).toEqual(['report shown'])
  })

  it('lets a finger scroll what is longer than the screen', async () => {
    const page = await openShop({ ...phone, viewport: { width: 390, height: 300 } })
    const options = [...Array(12)].map((_, index) => ({ key: `${index}`, text: `Option ${index}` }))
    const question = { key: 'one', kind: 'single', text: 'Which one?', required: true, options }
    await show(page, { kind: 'popover' }, surveyTexts('en', { questions: [question] }))
    await card(page).evaluate((element) => element.scrollTo(0, 200))
    await drag(page, 120)
    expect(await survey(page).count()).toBe(1)
    expect(await card(page).evaluate((element) => element.scrollTop)).toBeLessThan(200)
  })
})

describe('a modal of the page', () => {
  it('may open over a survey, which is there again when it has closed', async () => {
    const page = await openShop()
    await show(page, { kind: 'popover' })
    await page.evaluate(() => {
      const dialog = document.body.appendChild(document.createElement('dialog'))
      dialog.append(document.createElement('button'))
      dialog.showModal()
    })
    await page.keyboard.press('Escape')
    expect(await logOf(page)).toEqual(['report shown'])
    await survey(page).getByRole('button', { name: 'Close' }).click()
    expect(await logOf(page)).toEqual(['report shown', 'report dismissed', 'closed'])
  })
})

describe('a modal', () => {
  const open = async (options?: BrowserContextOptions) => {
    const page = await openShop(options)
    await page.evaluate(() => scrollTo(0, 300))
    await page.locator('#menu').focus()
    await show(page, { kind: 'modal' })
    return page
  }
  const scrolled = (page: Page) => page.evaluate(() => scrollY)

  it('takes the focus to the question and keeps it', async () => {
    const page = await open()
    expect(await focused(page)).toBe('survey h2')
    const seen = new Set<string | undefined>()
    for (let press = 0; press < 12; press += 1) {
      await page.keyboard.press('Tab')
      seen.add(await focused(page))
    }
    // '' is the browser itself, between the last element and the first.
    expect([...seen].filter((what) => what && !what.startsWith('survey'))).toEqual([])
    await page.locator('#menu').evaluate((element) => element.focus())
    expect(await focused(page)).not.toBe('menu')
  })

  it('closes by Escape, gives the focus back and leaves the page where it was', async () => {
    const page = await open()
    expect(await scrolled(page)).toBe(300)
    const width = await page.evaluate(() => document.documentElement.clientWidth)
    expect(width).toBe(1280)
    await page.mouse.move(100, 100)
    await page.mouse.wheel(0, 400)
    await page.keyboard.press('PageDown')
    await page.keyboard.press('Escape')
    await survey(page).waitFor({ state: 'detached' })
    expect([await scrolled(page), await focused(page)]).toEqual([300, 'menu'])
    expect(await logOf(page)).toEqual(['report shown', 'report dismissed', 'closed'])
    expect(await shiftsOf(page)).toBe(0)
  })

  it('stands above a header that stays, in the middle; at the lower edge of a phone', async () => {
    const box = await card(await open()).boundingBox()
    expect((box?.x ?? 0) + (box?.width ?? 0) / 2).toBeCloseTo(640, 0)
    const sheet = await card(await open(phone)).boundingBox()
    expect([sheet?.x, sheet?.width, Math.round((sheet?.y ?? 0) + (sheet?.height ?? 0))]).toEqual([
      0, 390, 844,
    ])
  })

  it('goes on to the next question and thanks, and says so', async () => {
    const page = await open()
    await survey(page).getByRole('radio').nth(9).click()
    await heading(page).filter({ hasText: why.text }).waitFor()
    expect(await focused(page)).toBe('survey textarea')
    await survey(page).getByRole('button', { name: 'Send' }).click()
    await heading(page).filter({ hasText: 'Thank you' }).waitFor()
  })
})

describe('a teaser', () => {
  const texts = surveyTexts('en', { teaser: 'One question?', snooze: true })

  it.each(['popover', 'modal', 'bar'] as const)('comes before a %s, which opens on a tap', async (kind) => {
    const page = await openShop()
    await show(page, { kind }, texts)
    expect(await logOf(page)).toEqual(['report shown'])
    expect(await heading(page).count()).toBe(0)
    await survey(page).getByRole('button', { name: 'One question?' }).click()
    await heading(page).filter({ hasText: nps.text }).waitFor()
    expect(await survey(page).getByRole('button', { name: 'One question?' }).count()).toBe(0)
    expect(await logOf(page)).toEqual(['report shown'])
    expect(await focused(page)).toMatch(/^survey (button|h2)$/)
  })

  it('leaves the focus with the page, and may be sent away', async () => {
    const page = await openShop()
    await page.locator('#menu').focus()
    await show(page, { kind: 'modal' }, texts)
    expect(await focused(page)).toBe('menu')
    await survey(page).getByRole('button', { name: 'Close' }).click()
    expect(await logOf(page)).toEqual(['report shown', 'report dismissed', 'closed'])
  })
})

describe('not now', () => {
  it.each([
    ['Ask me later', 7],
    ['Not in the next 90 days', 90],
    ['Don’t ask me again', 10_000],
  ])('%s is %i days', async (name, days) => {
    const page = await openShop()
    await show(page, { kind: 'popover' }, surveyTexts('en', { snooze: true }))
    await survey(page).getByRole('button', { name: 'Not now' }).click()
    await survey(page).getByRole('button', { name }).click()
    await survey(page).waitFor({ state: 'detached' })
    expect(await logOf(page)).toEqual(['report shown', `snooze ${days}`, 'closed'])
  })

  it('is opened and closed by keyboard without closing the survey', async () => {
    const page = await openShop()
    await show(page, { kind: 'popover' }, surveyTexts('en', { snooze: true }))
    const button = survey(page).getByRole('button', { name: 'Not now' })
    await button.focus()
    await page.keyboard.press('Enter')
    expect(await button.getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Escape')
    expect(await button.getAttribute('aria-expanded')).toBe('false')
    expect(await button.evaluate((element) => element.matches(':focus'))).toBe(true)
    expect(await logOf(page)).toEqual(['report shown'])
  })

  it('is offered beside the first question only', async () => {
    const page = await openShop()
    await show(page, { kind: 'popover' }, surveyTexts('en', { snooze: true }))
    await survey(page).getByRole('radio').nth(3).click()
    await heading(page).filter({ hasText: why.text }).waitFor()
    expect(await survey(page).getByRole('button', { name: 'Not now' }).count()).toBe(0)
  })
})

describe('a side button', () => {
  it('is there at once, and a display begins when it is pressed', async () => {
    const page = await openShop()
    await show(page, { kind: 'button' })
    const tab = survey(page).getByRole('button', { name: 'Feedback' })
    expect(await logOf(page)).toEqual([])
    expect(await tab.getAttribute('aria-expanded')).toBe('false')
    await tab.focus()
    await page.keyboard.press('Enter')
    expect(await tab.getAttribute('aria-expanded')).toBe('true')
    expect(await focused(page)).toBe('survey h2')
    await page.keyboard.press('Escape')
    expect(await tab.evaluate((element) => element.matches(':focus'))).toBe(true)
    expect(await logOf(page)).toEqual(['occupy true', 'report shown', 'report dismissed', 'occupy false'])
  })

  it('remembers nothing of a form that was closed', async () => {
    const page = await openShop()
    await show(page, { kind: 'button' }, surveyTexts('en', { questions: [why] }))
    const tab = survey(page).getByRole('button', { name: 'Feedback' })
    await tab.click()
    await survey(page).getByRole('textbox').fill('Too private')
    await tab.click()
    expect(await survey(page).getByRole('textbox').count()).toBe(0)
    await tab.click()
    expect(await survey(page).getByRole('textbox').inputValue()).toBe('')
    expect((await logOf(page)).filter((line) => line === 'report shown')).toHaveLength(2)
  })

  it.each([
    ['en', 'bottom-end', 1279],
    ['en', 'top-start', 0],
    ['ar', 'bottom-end', 0],
  ] as const)('in %s, %s touches the edge at %i', async (locale, position, edge) => {
    const page = await openShop()
    await show(page, { kind: 'button', position }, surveyTexts(locale))
    const { y, height } = (await card(page).boundingBox()) ?? { y: 0, height: 0 }
    const there = await page.evaluate(([x, at]) => document.elementFromPoint(x, at)?.localName, [
      edge,
      y + height / 2,
    ] as const)
    expect(there).toBe('heed-survey')
    expect(height).toBeGreaterThan(60)
  })

  it('goes with everything it opened', async () => {
    const page = await openShop()
    await show(page, { kind: 'button' })
    await survey(page).getByRole('button', { name: 'Feedback' }).click()
    await page.evaluate('handle.close()')
    expect(await survey(page).count()).toBe(0)
    expect((await logOf(page)).slice(-2)).toEqual(['occupy false', 'closed'])
  })
})

describe('an element of the shop', () => {
  const aria = (page: Page, id: string) =>
    page
      .locator(id)
      .evaluate((element) => [element.getAttribute('aria-haspopup'), element.getAttribute('aria-expanded')])

  it('opens the form, is told so, gets the focus back and is left as it was', async () => {
    const page = await openShop()
    await show(page, { kind: 'button', selector: '#feedback' })
    expect([await survey(page).count(), await aria(page, '#feedback')]).toEqual([0, ['dialog', 'false']])
    await page.locator('#feedback').focus()
    await page.keyboard.press('Enter')
    expect(await aria(page, '#feedback')).toEqual(['dialog', 'true'])
    await page.keyboard.press('Escape')
    expect([await focused(page), await aria(page, '#feedback')]).toEqual(['feedback', ['dialog', 'false']])
    expect(new URL(page.url()).pathname).toBe('/')
    await page.evaluate('handle.close()')
    expect(await aria(page, '#feedback')).toEqual([null, null])
    expect((await logOf(page)).at(-1)).toBe('closed')
  })

  it('may appear later', async () => {
    const page = await openShop()
    await show(page, { kind: 'button', selector: '#late' })
    await page.evaluate(() => {
      const late = document.body.appendChild(document.createElement('button'))
      late.id = 'late'
      late.textContent = 'Late'
    })
    await page.locator('#late[aria-haspopup=dialog]').click()
    await heading(page).waitFor()
    expect((await logOf(page)).slice(0, 2)).toEqual(['occupy true', 'report shown'])
  })

  it('is nobody when the browser does not understand the selector', async () => {
    const page = await openShop()
    await show(page, { kind: 'button', selector: ':nonsense(' })
    await page.evaluate('handle.close()')
    expect(await logOf(page)).toEqual(['closed'])
  })
})

describe('inline', () => {
  it('is a part of the page, as wide as its place, and moves nothing in view', async () => {
    const page = await openShop()
    await show(page, { kind: 'inline', selector: '#far' })
    const region = survey(page).getByRole('region', { name: nps.text })
    await region.scrollIntoViewIfNeeded()
    expect(await logOf(page)).toContain('report shown')
    expect((await region.boundingBox())?.width).toBe(1280)
    expect(await survey(page).getByRole('button', { name: 'Close' }).count()).toBe(0)
    expect(await shiftsOf(page)).toBe(0)
  })

  it('takes the room that the page keeps free for it at once', async () => {
    const page = await openShop()
    await page.evaluate(() => {
      const place = document.querySelector<HTMLElement>('#place')
      if (place) place.style.minHeight = '300px'
    })
    await page.evaluate('frames2().then(() => (shifts.length = 0))')
    await show(page, { kind: 'inline', selector: '#place' })
    await heading(page).waitFor()
    expect(await logOf(page)).toEqual(['report shown'])
    expect(await shiftsOf(page)).toBe(0)
  })

  it('waits until its place is out of view where no room is kept', async () => {
    const page = await openShop()
    await show(page, { kind: 'inline', selector: '#place' })
    expect(await logOf(page)).toEqual([])
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
    await page.waitForFunction('log.length')
    expect(await logOf(page)).toEqual(['report shown'])
    expect(await shiftsOf(page)).toBe(0)
  })

  it('comes back with its answer when a framework draws its place anew', async () => {
    const page = await openShop()
    await show(page, { kind: 'inline', selector: '#far' })
    await survey(page).getByRole('radio').nth(2).click()
    await heading(page).filter({ hasText: why.text }).waitFor()
    for (let time = 0; time < 12; time += 1) {
      await page.evaluate(() => {
        const place = document.createElement('div')
        place.id = 'far'
        document.querySelector('#far')?.replaceWith(place)
      })
    }
    await heading(page).filter({ hasText: why.text }).waitFor()
    expect((await logOf(page)).filter((line) => line === 'report shown')).toHaveLength(1)
  })

  it('is gone with its place, and there again with it', async () => {
    const page = await openShop()
    await show(page, { kind: 'inline', selector: '#far' })
    await page.evaluate('far = document.querySelector("#far"); far.remove(); frames2()')
    expect(await survey(page).count()).toBe(0)
    await page.evaluate('far.replaceChildren(); document.querySelector("main").append(far); frames2()')
    await heading(page).waitFor()
    expect(await logOf(page)).toEqual(['report shown'])
    expect(await shiftsOf(page)).toBe(0)
  })

  it('is drawn when its place appears', async () => {
    const page = await openShop()
    await show(page, { kind: 'inline', selector: '#later' })
    expect(await survey(page).count()).toBe(0)
    await page.evaluate(() => {
      const later = document.createElement('div')
      later.id = 'later'
      document.querySelector('main')?.append(later)
    })
    await heading(page).waitFor()
  })

  it('thanks in place, as tall as it was, and stays', async () => {
    const page = await openShop()
    await show(page, { kind: 'inline', selector: '#far' }, surveyTexts('en', { questions: [nps] }))
    await card(page).scrollIntoViewIfNeeded()
    const before = await card(page).boundingBox()
    await survey(page).getByRole('radio').nth(9).click()
    await heading(page).filter({ hasText: 'Thank you' }).waitFor()
    expect((await card(page).boundingBox())?.height).toBeGreaterThanOrEqual(before?.height ?? 0)
    await page.keyboard.press('Escape')
    expect(await survey(page).count()).toBe(1)
  })
})

describe('a bar', () => {
  it('lies under a header that stays', async () => {
    const page = await openShop()
    await show(page, { kind: 'bar', position: 'top-end' })
    expect(await card(page).boundingBox()).toMatchObject({ x: 0, y: 64, width: 1280 })
  })

  it('lies above what the page keeps at the lower edge, and at the edge when that is gone', async () => {
    const page = await openShop()
    await page.evaluate(() => {
      const buy = document.body.appendChild(document.createElement('div'))
      buy.className = 'buy'
    })
    await show(page, { kind: 'bar' })
    const bottom = async () => {
      const box = await card(page).boundingBox()
      return (box?.y ?? 0) + (box?.height ?? 0)
    }
    expect(await bottom()).toBe(744)
    await page.evaluate('document.querySelector(".buy").remove(); scrollTo(0, 50); frames2()')
    expect(await bottom()).toBe(800)
  })

  it('asks in one line where there is room', async () => {
    const page = await openShop()
    await show(page, { kind: 'bar' })
    expect((await card(page).boundingBox())?.height).toBeLessThan(110)
  })
})

describe('a page of its own', () => {
  it('has the question as its heading, and no way to close', async () => {
    const page = await openShop(desktop, '/hosted')
    await show(page, { kind: 'page' })
    await heading(page).filter({ hasText: nps.text }).waitFor()
    expect(await heading(page).getAttribute('aria-level')).toBe('1')
    expect(await page.getByRole('button', { name: 'Close' }).count()).toBe(0)
    const box = await card(page).boundingBox()
    expect((box?.x ?? 0) + (box?.width ?? 0) / 2).toBe(640)
    expect((box?.y ?? 0) + (box?.height ?? 0) / 2).toBeCloseTo(400, 0)
    await survey(page).getByRole('radio').nth(9).click()
    await heading(page).filter({ hasText: why.text }).waitFor()
    expect(await heading(page).getAttribute('aria-level')).toBe('1')
    await page.getByRole('button', { name: 'Send' }).click()
    await heading(page).filter({ hasText: 'Thank you' }).waitFor()
  })
})

describe('the look', () => {
  it('follows the system while it is open', async () => {
    const page = await openShop({ ...desktop, colorScheme: 'light' })
    await show(page, { kind: 'popover' })
    const background = () => card(page).evaluate((element) => getComputedStyle(element).backgroundColor)
    expect(await background()).toBe('rgb(255, 255, 255)')
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.evaluate('frames2()')
    expect(await background()).toBe('rgb(29, 29, 33)')
  })

  it('is the shop’s where it has one, and does without a logo that does not come', async () => {
    const page = await openShop()
    const { appearance } = surveyTexts('en')
    const own: [string, string] = ['#102030', '#f0f0f0']
    await show(
      page,
      { kind: 'popover' },
      surveyTexts('en', {
        appearance: { ...appearance, lightCard: own, shadow: 'none', logo: `${site.url}/none.png` },
      }),
    )
    const look = await card(page).evaluate((element) => {
      const { backgroundColor, color, boxShadow } = getComputedStyle(element)
      return { backgroundColor, color, boxShadow }
    })
    expect(look).toEqual({
      backgroundColor: 'rgb(16, 32, 48)',
      color: 'rgb(240, 240, 240)',
      boxShadow: 'none',
    })
    await survey(page).locator('img').waitFor({ state: 'hidden' })
    expect(await heading(page).textContent()).toBe(nps.text)
  })
})

describe('for assistive technology', () => {
  const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
  const words = { teaser: 'One question?', snooze: true }
  const surfaces = {
    popover: {},
    teaser: { teaser: words.teaser, snooze: true },
    bar: { snooze: true },
    modal: { snooze: true },
    button: {},
    inline: { snooze: true },
    page: {},
  }
  const cases = Object.keys(surfaces).flatMap((name) =>
    (['en', 'ar'] as const).flatMap((locale) =>
      (['light', 'dark'] as const).map(
        (colorScheme) => [name as keyof typeof surfaces, locale, colorScheme] as const,
      ),
    ),
  )
  it.each(cases)('axe-core finds nothing: %s, %s, %s', async (name, locale, colorScheme) => {
    const page = await openShop({ ...desktop, colorScheme }, name === 'page' ? '/hosted' : '/')
    await page.addScriptTag({ content: await readFile(axePath, 'utf8') })
    const kind = name === 'teaser' ? 'popover' : name
    await show(
      page,
      { kind, ...(kind === 'inline' && { selector: '#far' }) },
      surveyTexts(locale, surfaces[name]),
    )
    const findings = () =>
      page.evaluate(async () => {
        const { axe } = window as unknown as {
          axe: { run(context: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
        }
        const { violations } = await axe.run({ include: [['heed-survey']] })
        return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])
      })
    if (name === 'inline') await card(page).scrollIntoViewIfNeeded()
    expect(await findings()).toEqual([])
    if (name === 'button') {
      await survey(page).getByRole('button').first().click()
      await heading(page).waitFor()
    }
    const notNow = survey(page).locator('.snooze > button')
    if (await notNow.count()) await notNow.click()
    expect(await findings()).toEqual([])
  })
})
