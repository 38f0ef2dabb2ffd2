import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AnswerValue, QuestionTexts, SurveyTexts } from '@heed/contract'
import { launchBrowser } from '@heed/test-stack'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, CDPSession, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { visitorTexts } from '../../src/locales/index.ts'
import type { PanelOptions } from '../../src/panel-interface.ts'
import { everyQuestion, surveyIn } from './every-question.ts'
import { servePanel, show, told } from './open-panel.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let server: Awaited<ReturnType<typeof servePanel>>
let browser: Browser

beforeAll(async () => {
  server = await servePanel()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  server.close()
})

/** An empty page that has loaded the built panel with the part for the rarer questions. */
async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(server.url)
  return page
}

const panelOf = (page: Page): Locator => page.locator('heed-survey')
const ask = (page: Page, locale: string, questions: QuestionTexts[], options: Partial<PanelOptions> = {}) =>
  show(page, { texts: surveyIn(locale, questions), ...options })

/** What axe-core finds, one line each. */
async function findings(page: Page): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe)
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run('heed-survey', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  )
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

/** Waits for what the host was told of the end, and returns the answers. */
async function given(page: Page): Promise<Record<string, AnswerValue> | undefined> {
  await page.waitForFunction('told.saved.some(({ completed }) => completed)')
  return (await told(page)).saved.at(-1)?.answers
}

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}

/** How each kind is answered by mouse, and by nothing but the keyboard; both begin outside of the panel. */
const kinds: Record<
  string,
  { mouse(panel: Locator): Promise<void>; keys: string[]; answer: AnswerValue | undefined }
> = {
  nps: { mouse: (panel) => panel.getByRole('radio').nth(9).click(), keys: ['9', 'Enter'], answer: 9 },
  ces: { mouse: (panel) => panel.getByRole('radio').nth(4).click(), keys: ['5', 'Enter'], answer: 5 },
  csat: { mouse: (panel) => panel.getByRole('radio').nth(3).click(), keys: ['4', 'Enter'], answer: 4 },
  'csat stars': {
    mouse: (panel) => panel.getByRole('radio').nth(2).click(),
    keys: ['3', 'Enter'],
    answer: 3,
  },
  'csat numbers': {
    mouse: (panel) => panel.getByRole('radio').nth(1).click(),
    keys: ['ArrowDown', 'Enter'],
    answer: 2,
  },
  gcr: {
    mouse: (panel) => panel.getByRole('radio').nth(1).click(),
    keys: ['ArrowDown', 'Enter'],
    answer: 'partly',
  },
  thumbs: { mouse: (panel) => panel.getByRole('radio').nth(1).click(), keys: ['2', 'Enter'], answer: 'down' },
  'rating 3': {
    mouse: (panel) => panel.getByRole('radio').nth(2).click(),
    keys: ['End', 'Enter'],
    answer: 3,
  },
  'rating 5': { mouse: (panel) => panel.getByRole('radio').nth(4).click(), keys: ['5', 'Enter'], answer: 5 },
  'rating 7': {
    mouse: (panel) => panel.getByRole('radio').nth(0).click(),
    keys: ['Home', 'Enter'],
    answer: 1,
  },
  'rating 10': {
    mouse: (panel) => panel.getByRole('radio').nth(9).click(),
    keys: ['1', '0', 'Enter'],
    answer: 10,
  },
  single: {
    mouse: async (panel) => {
      await panel.getByRole('radio').nth(4).click()
      await panel.getByRole('textbox').pressSequentially('colour')
      await panel.locator('.main').click()
    },
    keys: ['5', 'Tab', 'c', 'o', 'l', 'o', 'u', 'r', 'Enter'],
    answer: { other: 'colour' },
  },
  multiple: {
    mouse: async (panel) => {
      await panel.getByRole('checkbox').nth(0).click()
      await panel.getByRole('checkbox').nth(2).click()
      await panel.locator('.main').click()
    },
    keys: ['Space', 'Tab', 'Tab', 'Space', 'Tab', 'Tab', 'Tab', 'Enter'],
    answer: ['price', 'choice'],
  },
  text: {
    mouse: async (panel) => {
      await panel.getByRole('textbox').click()
      await panel.getByRole('textbox').pressSequentially('a\nb')
      await panel.locator('.main').click()
    },
    keys: ['a', 'Enter', 'b', 'Control+Enter'],
    answer: 'a\nb',
  },
  line: {
    mouse: async (panel) => {
      await panel.getByRole('textbox').click()
      await panel.getByRole('textbox').pressSequentially('a friend')
      await panel.locator('.main').click()
    },
    keys: [...'a', 'Space', ...'friend', 'Enter'],
    answer: 'a friend',
  },
  email: {
    mouse: async (panel) => {
      await panel.getByRole('textbox').click()
      await panel.getByRole('textbox').pressSequentially('a@b.example')
      await panel.locator('.main').click()
    },
    keys: [...'a@b.example', 'Enter'],
    answer: 'a@b.example',
  },
  consent: {
    mouse: async (panel) => {
      await panel.locator('label').click()
      await panel.locator('.main').click()
    },
    keys: ['Space', 'Tab', 'Enter'],
    answer: true,
  },
  link: { mouse: (panel) => panel.locator('.main').click(), keys: ['Tab', 'Enter'], answer: undefined },
  message: { mouse: (panel) => panel.locator('.main').click(), keys: ['Enter'], answer: undefined },
}

describe.each([['en'], ['ar']])('every kind of question in %s', (locale) => {
  it('is answered by mouse, and has nothing that axe-core could find', async () => {
    const page = await openPage()
    for (const [name, question] of Object.entries(everyQuestion(locale))) {
      await ask(page, locale, [question])
      expect([name, await findings(page)]).toEqual([name, []])
      await kinds[name]?.mouse(panelOf(page))
      const { answer } = kinds[name] ?? {}
      expect([name, await given(page)]).toEqual([
        name,
        answer === undefined ? {} : { [question.key]: answer },
      ])
    }
  })

  it('is answered by nothing but the keyboard', async () => {
    const page = await openPage({ colorScheme: 'dark' })
    for (const [name, question] of Object.entries(everyQuestion(locale))) {
      await ask(page, locale, [question])
      expect([name, await findings(page)]).toEqual([name, []])
      // The panel takes no focus by itself: Tab leads into it from the last thing of the page.
      await page.getByRole('button', { name: 'Before' }).focus()
      await press(page, 'Tab', ...(kinds[name]?.keys ?? []))
      const { answer } = kinds[name] ?? {}
      expect([name, await given(page)]).toEqual([
        name,
        answer === undefined ? {} : { [question.key]: answer },
      ])
    }
  })

  it('has targets of 44 pixels in height, and clips none of its words on a narrow page or a page zoomed to 200 %', async () => {
    for (const viewport of [
      { width: 320, height: 640 },
      // As a window of 1280 by 1024 zoomed to 200 %.
      { width: 640, height: 512 },
    ]) {
      const page = await openPage({ viewport })
      const long = 'Versandkostenfreigrenze und Zahlungsmöglichkeiten (Sofortüberweisung)'
      for (const [name, question] of Object.entries(everyQuestion(locale, () => long))) {
        await ask(page, locale, [question])
        const wrong = await panelOf(page).evaluate((host) => {
          const found: string[] = []
          for (const element of host.shadowRoot?.querySelectorAll<HTMLElement>(
            'button,a,input,textarea,h2,span,p,label',
          ) ?? []) {
            const { width, height } = element.getBoundingClientRect()
            if (element.matches('button,a,input,textarea') && (height < 44 || width < 24))
              found.push(`small: ${element.outerHTML.slice(0, 80)} ${width} x ${height}`)
            if (
              element.matches(':not(input,textarea)') &&
              element.scrollWidth > element.clientWidth + 1 &&
              width > 0
            )
              if (getComputedStyle(element).display !== 'inline')
                found.push(`clipped: ${element.outerHTML.slice(0, 80)}`)
          }
          const card = host.shadowRoot?.querySelector('.card') as HTMLElement
          if (card.scrollWidth > card.clientWidth) found.push('the card scrolls sideways')
          return found
        })
        expect([name, wrong]).toEqual([name, []])
      }
    }
  })
})

describe('what went wrong', () => {
  it('is said in an alert that describes the field, without a finding of axe-core', async () => {
    const page = await openPage()
    for (const name of ['multiple', 'line', 'email', 'consent']) {
      const question = { ...everyQuestion('en')[name], required: true } as QuestionTexts
      await ask(page, 'en', [question])
      const panel = panelOf(page)
      await panel.locator('.main').click()
      const field = panel.locator('[aria-invalid=true]')
      expect(await field.getAttribute('aria-describedby')).toContain('error')
      expect(await panel.locator('[role=alert]').textContent()).toBe(visitorTexts('en').ui.required)
      expect([name, await findings(page)]).toEqual([name, []])
      expect((await told(page)).saved).toEqual([])
    }
  })
})

describe('a short page', () => {
  const questions = () => {
    const { csat, thumbs, multiple, email, consent } = everyQuestion('en') as Record<string, QuestionTexts>
    return [{ ...csat, required: true }, thumbs, multiple, email, consent] as QuestionTexts[]
  }
  const pageOf = (locale: string): SurveyTexts => ({ ...surveyIn(locale, questions()), layout: 'page' })

  it('is answered from its first question to its button by keyboard, after its mistakes were told', async () => {
    const page = await openPage({ viewport: { width: 390, height: 844 } })
    await show(page, { texts: pageOf('en') })
    expect(await findings(page)).toEqual([])
    await page.getByRole('button', { name: 'Before' }).focus()
    await press(page, 'Tab', 'Tab', 'Tab')
    await panelOf(page).locator('.main').press('Enter')
    // To the first of three mistakes.
    expect(
      await page.evaluate(`document.querySelector('heed-survey').shadowRoot.activeElement.ariaLabel`),
    ).toBe('1, Very dissatisfied')
    expect((await panelOf(page).locator('[role=alert]').allTextContents()).filter(Boolean)).toHaveLength(3)
    expect(await findings(page)).toEqual([])
    await press(page, '4', 'Tab', '1', 'Tab', '1', '2', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Space')
    await panelOf(page).locator('.main').press('Enter')
    expect(await given(page)).toEqual({
      csat: 4,
      thumbs: 'up',
      multiple: ['price', 'delivery'],
      consent: true,
    })
  })
})

describe('composed words (Korean, Japanese, Chinese)', () => {
  /** Types as an input method does: the words change until they are taken, by Enter, which is no key of the page. */
  async function compose(session: CDPSession, page: Page, steps: string[], taken: string) {
    for (const text of steps)
      await session.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      })
    // Browsers tell the key that takes the words, and say that they are being composed.
    await page.evaluate(`{
      const field = document.querySelector('heed-survey').shadowRoot.activeElement
      const key = { key: 'Enter', code: 'Enter', bubbles: true, composed: true, cancelable: true }
      field.dispatchEvent(new KeyboardEvent('keydown', { ...key, keyCode: 229, isComposing: true }))
    }`)
    await session.send('Input.insertText', { text: taken })
  }

  it.each([
    ['line', ['ㅊ', '치', '친', '친ㄱ', '친구'], '친구'],
    ['email', ['ｎ', 'ｎａ'], 'なまえ@例え.example'],
    ['single', ['い', 'いろ'], '色'],
    ['multiple', ['y', 'ya', 'yan'], '颜色'],
    ['text', ['ㅂ', '배', '배ㅅ', '배송'], '배송이 늦었어요'],
  ])('are neither given nor complained of before they are taken: %s', async (name, steps, words) => {
    const page = await openPage()
    const session = await page.context().newCDPSession(page)
    const question = { ...everyQuestion('en')[name], required: true, min: 1 } as QuestionTexts
    await ask(page, 'en', [question])
    const panel = panelOf(page)
    if (name === 'single') await panel.getByRole('radio').last().click()
    if (name === 'multiple') await panel.getByRole('checkbox').last().click()
    const field = panel.getByRole('textbox')
    await field.focus()
    await compose(session, page, steps, words)
    const { saved, closed } = await told(page)
    expect([saved, closed, await panel.locator('[role=alert]').textContent()]).toEqual([[], 0, ''])
    await field.press(name === 'text' ? 'Control+Enter' : 'Enter')
    const free =
      name === 'single' ? { other: words } : name === 'multiple' ? { keys: [], other: words } : words
    // A field for addresses writes the name of a host in ASCII letters, as mail programs do.
    const answer = Object.values((await given(page)) ?? {})[0]
    expect(name === 'email' ? String(answer).replace(/@.*\.example$/, '@例え.example') : answer).toEqual(free)
  })

  it('are not cut where they reach the limit: they stay, and too many characters are counted', async () => {
    const page = await openPage()
    const session = await page.context().newCDPSession(page)
    await ask(page, 'en', [{ key: 'line', kind: 'text', text: '?', multiline: false, maxLength: 3 }])
    const panel = panelOf(page)
    const field = panel.getByRole('textbox')
    await field.focus()
    await compose(session, page, ['ㅎ', '하', '한국', '한국어'], '한국어로')
    expect(await field.inputValue()).toBe('한국어로')
    await field.press('Enter')
    expect(await panel.locator('[role=alert]').textContent()).toContain('1')
    expect((await told(page)).saved).toEqual([])
    await field.press('Backspace')
    await field.press('Enter')
    expect(await given(page)).toEqual({ line: '한국어' })
  })
})

describe('a hasty hand', () => {
  it('that clicks twice answers once, and not the next question as well', async () => {
    const page = await openPage()
    const { gcr, thumbs } = everyQuestion('en') as Record<string, QuestionTexts>
    await ask(page, 'en', [gcr, thumbs] as QuestionTexts[])
    await panelOf(page).getByRole('radio').nth(1).dblclick()
    await panelOf(page).getByText('thumbs', { exact: true }).waitFor()
    expect((await told(page)).saved).toEqual([{ answers: { gcr: 'partly' }, completed: false }])
  })

  it('that ticks a box twice has ticked it', async () => {
    const page = await openPage()
    const { multiple, consent } = everyQuestion('en') as Record<string, QuestionTexts>
    for (const [question, box] of [
      [multiple, '[role=checkbox]'],
      [consent, '[role=checkbox]'],
      [consent, 'label'],
    ] as [QuestionTexts, string][]) {
      await ask(page, 'en', [question])
      await panelOf(page).locator(box).first().dblclick()
      expect(await panelOf(page).getByRole('checkbox').first().getAttribute('aria-checked')).toBe('true')
    }
  })
})

describe('colours of the system’s own (forced colors)', () => {
  it('still tell what is chosen from what is not', async () => {
    const page = await openPage({ forcedColors: 'active' })
    for (const name of ['nps', 'csat', 'rating 5', 'gcr', 'thumbs', 'multiple', 'consent']) {
      await ask(page, 'en', [everyQuestion('en')[name] as QuestionTexts])
      const panel = panelOf(page)
      const choices = panel.locator('[role=radio],[role=checkbox]')
      const first = choices.first()
      await first.focus()
      const before = await first.screenshot({ animations: 'disabled' })
      await first.press((await first.getAttribute('role')) === 'radio' ? 'Home' : 'Space')
      expect(before.equals(await first.screenshot({ animations: 'disabled' })), name).toBe(false)
    }
  })
})
