import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { QuestionTexts, SurveyTexts } from '@heed/contract'
import { type Pages, servePages } from '@heed/test-stack'
import type { Page } from 'playwright-core'
import { visitorTexts } from '../../src/locales/index.ts'
import type { PanelOptions } from '../../src/panel-interface.ts'

const dist = fileURLToPath(new URL('../../dist/', import.meta.url))

/** A shop's page: a header that stays, a bar to buy on phones, places for a survey, its own feedback link. */
const html = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>A shop</title><style>
body{margin:0;font:16px/1.5 sans-serif;color:#222;background:#fff}
header{position:sticky;top:0;height:64px;background:#eee}
.buy{position:fixed;bottom:0;inset-inline:0;height:56px;background:#ddd}
p{margin:24px}
</style></head><body><header><button id="menu">Menu</button></header><main><h1>A shop</h1>
<p id="above">Above</p><div id="place"></div><p id="below">Below</p><a id="feedback" href="/elsewhere">Feedback</a>
${'<p>More of the page</p>'.repeat(40)}<div id="far"></div><p>The end</p></main>
<script type="module">
import { open } from '/panel.js'
import * as more from '/more.js'
import * as surfaces from '/surfaces.js'
window.log = []
window.shifts = []
new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({ value, hadRecentInput }) => [value, hadRecentInput])))
  .observe({ type: 'layout-shift', buffered: true })
window.show = (options) => {
  const note = (name) => (...values) => void log.push([name, ...values].join(' '))
  window.handle = open({
    parts: [more, surfaces],
    host: {
      report: note('report'), snooze: note('snooze'), occupy: note('occupy'), closed: note('closed'),
      save: async () => (log.push('save'), 'stored'),
    },
    ...options,
  })
}
// After the second frame everything has been painted and observed.
window.frames2 = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))
window.isReady = true
</script></body></html>`

/** A page without anything of its own, as the server makes for one survey. */
const hosted = `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"><title>A question</title><style>body{margin:0}</style></head><body><main></main>
${html.slice(html.indexOf('<script'))}`

/** The built parts and the pages. */
export function serveSurfaces(): Promise<Pages> {
  const part = (name: string) => {
    const [file] = globSync(`*/*/${name}.js`, { cwd: dist })
    if (!file) throw new Error(`${name} is not built: npm run build`)
    return { body: readFileSync(dist + file), type: 'text/javascript' }
  }
  return servePages({
    '/': html,
    '/hosted': hosted,
    '/panel.js': part('panel'),
    '/more.js': part('more'),
    '/surfaces.js': part('surfaces'),
  })
}

export const nps: QuestionTexts = {
  key: 'nps',
  kind: 'nps',
  text: 'How likely are you to recommend us?',
  required: true,
  labels: ['Not at all likely', 'Extremely likely'],
}
export const why: QuestionTexts = { key: 'why', kind: 'text', text: 'What is the main reason?' }

/** A survey with all that may stand around a panel, unless it is told otherwise. */
export function surveyTexts(locale: string, changes: Partial<SurveyTexts> = {}): SurveyTexts {
  const { dir, ui, thanks, feedback } = visitorTexts(locale)
  return {
    id: 'srv_test',
    version: 1,
    locale,
    dir,
    appearance: { light: ['rgb(28,28,32)', '#fff'], dark: ['rgb(244,244,245)', '#000'] },
    questions: [nps, why],
    ending: thanks,
    button: feedback,
    ui,
    ...changes,
  }
}

/** Shows a survey in the page; what its host is told is read with `logOf`. */
export async function show(
  page: Page,
  display: NonNullable<PanelOptions['display']>,
  texts: SurveyTexts = surveyTexts('en'),
): Promise<void> {
  await page.waitForFunction('window.isReady')
  await page.evaluate((options) => (window as unknown as { show(options: object): void }).show(options), {
    display,
    texts,
  })
}

/** What the survey's host was told, in order. */
export const logOf = (page: Page): Promise<string[]> => page.evaluate('log')
/** The layout shifts of the page's whole life, without those that follow a tap or a key. */
export const shiftsOf = (page: Page): Promise<number> =>
  page.evaluate(`frames2().then(() => shifts.filter(([, isExpected]) => !isExpected).length)`)
