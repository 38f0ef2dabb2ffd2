import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import {
  heard,
  metricsOf,
  moments,
  newVisitor,
  panelOf,
  responsesOf,
  type Screen,
  screens,
  untilStored,
} from './shop.ts'
import { useShop } from './use-shop.ts'

/** One visitor's way through a survey: what is chosen, question by question, and what must be stored. */
interface Walk {
  survey: string
  metric: string
  steps: ({ choose: number } | { write: string })[]
  answers: Record<string, unknown>
  /** Score after this one answer. */
  score: number
}

const walks: Walk[] = [
  {
    survey: 'post-purchase-nps',
    metric: 'nps',
    steps: [{ choose: 3 }, { write: '배송이 느렸어요 & <b>late</b>' }],
    answers: { nps: 3, detractor: '배송이 느렸어요 & <b>late</b>' },
    score: -100,
  },
  {
    survey: 'product-csat',
    metric: 'csat',
    steps: [{ choose: 1 }, { choose: 0 }, { write: 'More photos' }],
    answers: { csat: 2, missing: 'photos', comment: 'More photos' },
    score: 0,
  },
  {
    survey: 'checkout-ces',
    metric: 'ces',
    steps: [{ choose: 6 }, { write: 'Fine' }],
    answers: { ces: 7, easier: 'Fine' },
    score: 100,
  },
  {
    survey: 'cart-exit',
    metric: 'gcr',
    steps: [{ choose: 2 }, { choose: 0 }, { write: 'Cheaper delivery' }],
    answers: { gcr: 'no', reason: 'price', comment: 'Cheaper delivery' },
    score: 0,
  },
]

/** By mouse or finger. */
const byPointer = {
  async choose(page: Page, index: number, screen: Screen) {
    const choice = panelOf(page).getByRole('radio').nth(index)
    await (screen === 'phone' ? choice.tap() : choice.click())
  },
  async write(page: Page, text: string, screen: Screen) {
    await panelOf(page).getByRole('textbox').fill(text)
    const send = panelOf(page).getByRole('button', { name: 'Send' })
    await (screen === 'phone' ? send.tap() : send.click())
  },
}

/** By keyboard alone: Tab from the page into the panel, arrows within a group, Enter to commit. */
const byKeyboard = {
  async choose(page: Page, index: number) {
    await tabTo(page, 'radio')
    await page.keyboard.press('Home')
    for (let step = 0; step < index; step += 1) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
  },
  async write(page: Page, text: string) {
    await tabTo(page, 'textarea')
    await page.keyboard.insertText(text)
    await page.keyboard.press('Control+Enter')
  },
}

const focusIs = (page: Page, what: string): Promise<boolean> =>
  page.evaluate((wanted) => {
    // Not one that stands in the page and waits to be found.
    const root = document.activeElement?.shadowRoot
    const inside = root?.querySelector('[role=dialog]') && root.activeElement
    return inside?.getAttribute('role') === wanted || inside?.localName === wanted
  }, what)

async function tabTo(page: Page, what: string): Promise<void> {
  for (let press = 0; press < 80 && !(await focusIs(page, what)); press += 1) await page.keyboard.press('Tab')
  expect(await focusIs(page, what), `Tab reaches the ${what}`).toBe(true)
}

describe('the surveys that come up to the shop’s visitors', () => {
  const ways = [
    { way: 'by mouse on a desktop', screen: 'desktop', act: byPointer },
    { way: 'by finger on a phone', screen: 'phone', act: byPointer },
    { way: 'by keyboard alone', screen: 'desktop', act: byKeyboard },
  ] as const

  for (const { way, screen, act } of ways) {
    describe(way, () => {
      const shop = useShop()

      for (const { survey, metric, steps, answers, score } of walks) {
        it(`asks ${survey} at its moment, stores every answer and counts it`, async () => {
          const { page, context, troubles } = await newVisitor(shop.browser, screens[screen])
          await moments[survey]?.(page, shop.stack.shopUrl, screen)
          await panelOf(page).waitFor()
          for (const step of steps) {
            const asked = await panelOf(page).getByRole('heading').textContent()
            await untilStored(page, async () => {
              if ('choose' in step) await act.choose(page, step.choose, screen)
              else await act.write(page, step.write, screen)
            })
            await panelOf(page)
              .getByRole('heading')
              .filter({ hasNotText: asked ?? '' })
              .waitFor()
          }
          await heard(page, 'completed')
          // Sent is sent: nothing tells of waiting on the device.
          expect(await panelOf(page).textContent()).not.toContain('saved on this device')

          const [response, ...others] = await responsesOf(shop.stack, survey)
          expect(others).toEqual([])
          expect(response).toMatchObject({ answers, completed: true, locale: 'en', test: false })
          expect(response?.context).toMatchObject({ device: screen })
          expect(await metricsOf(shop.stack, survey, metric)).toMatchObject({ n: 1, score })
          expect(troubles).toEqual([])
          await context.close()
        })
      }
    })
  }
})
