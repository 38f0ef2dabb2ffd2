import type { DisplayItem, IngestRequest, ProjectRules, ResponseItem, SurveyRules } from '@heed/contract'
import { vi } from 'vitest'
import type { Heed, HeedOptions } from '../../src/core/api-types.ts'
import type { PanelHost, PanelOptions } from '../../src/panel-interface.ts'

/** A survey that is open in the page. */
interface Shown {
  key: string
  host: PanelHost
  options: PanelOptions
  /** Calls of its handle's `close`, and whether each was for good. */
  closed: boolean[]
}

/** A request that left the page. */
interface Sent extends IngestRequest {
  url: string
}

export interface Page {
  heed: Heed
  /** Every survey that was opened, in order. */
  shown: Shown[]
  /** Parts asked for, in order; each once, unless it failed. */
  parts: string[]
  /** What went to the server with answers and displays. */
  sent: Sent[]
  /** Every address that was asked for. */
  asked: string[]
  preloads: () => number
}

export interface PageOptions extends Partial<HeedOptions> {
  loadPanel?: () => Promise<void>
  /** Parts beside panel and keeper; undefined for one that cannot be loaded. */
  parts?: Record<string, object | undefined>
  /** Leaves it to the test to call `init`. */
  isManual?: boolean
  /** The loader comes without rules. */
  isPlain?: boolean
}

export const surveyRules = (key: string, rules: Partial<SurveyRules> = {}): SurveyRules => ({
  id: `srv_${key}`,
  key,
  version: 1,
  triggers: [{ on: 'manual' }],
  locales: ['en', 'ko'],
  frequency: 'always',
  display: { kind: 'popover' },
  ...rules,
})

const pages: Heed[] = []

/** Ends what the pages of a test have left. */
export const closePages = () => {
  for (const heed of pages.splice(0)) heed.destroy()
}

/** A new page with the loader and the keeper, and a panel that only notes what it is asked to show. */
export async function openPage(
  rules: Partial<ProjectRules> & Pick<ProjectRules, 'surveys'>,
  { loadPanel = async () => {}, parts: extraParts = {}, isManual, isPlain, ...given }: PageOptions = {},
): Promise<Page> {
  const project: ProjectRules = { onePerSession: false, ...rules }
  vi.resetModules()
  vi.stubGlobal('HEED_VERSION', '0.0.0')
  vi.stubGlobal('requestIdleCallback', (run: () => void) => setTimeout(run, 1))
  vi.spyOn(document, 'querySelector').mockImplementation((selector: string) =>
    Document.prototype.querySelector.call(
      document,
      selector === 'dialog:modal' ? 'dialog[data-modal]' : selector,
    ),
  )
  const page: Omit<Page, 'heed'> = { shown: [], parts: [], sent: [], asked: [], preloads: () => 0 }
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    page.asked.push(url)
    if (url.includes('/v1/config/')) return Response.json(project)
    const [, key] = /\/v1\/surveys\/pk_1\/srv_([^/]+)/.exec(url) ?? []
    if (key) return Response.json({ id: key, locale: 'en' })
    const request: IngestRequest = JSON.parse(init?.body as string)
    page.sent.push({ url, ...request })
    const items = request.items.map((item) => {
      const { id, seq, state } = item as ResponseItem & DisplayItem
      return { id, seq, state, status: 'stored' }
    })
    return Response.json({ items })
  })
  const preload = vi.fn()
  page.preloads = () => preload.mock.calls.length
  const open = (options: PanelOptions) => {
    const { texts, host, display } = options
    const closed: boolean[] = []
    const isButton = display?.kind === 'button'
    page.shown.push({ key: texts.id, host, options, closed })
    if (!isButton) host.report('shown')
    return {
      close(isForGood = false) {
        closed.push(isForGood)
        host.report('dismissed')
        if (isButton) host.occupy(false)
        if (!isButton || isForGood) host.closed()
      },
    }
  }
  vi.doMock('../../src/core/keeper/preload-panel.ts', () => ({ preloadPanel: preload }))
  // Loaded by now, as a real import takes longer than a test's own clock.
  const own: Record<string, object> = {
    keeper: await import('../../src/core/keeper/connect.ts'),
    explain: await import('../../src/core/explain.ts'),
    history: await import('../../src/core/history.ts'),
    adapters: await import('../../src/core/adapters.ts'),
  }
  vi.doMock('../../src/core/import-part.ts', () => ({
    async importPart(name: string) {
      page.parts.push(name)
      if (name in extraParts) {
        if (!extraParts[name]) throw new TypeError('Failed to fetch dynamically imported module')
        return extraParts[name]
      }
      if (own[name]) return own[name]
      if (name !== 'panel') return { connect() {} }
      await loadPanel()
      return { open }
    },
  }))
  const { createHeed } = await import('../../src/core/create-heed.ts')
  const heed = createHeed(isPlain ? null : project, { key: 'pk_1', host: 'https://heed.example' })
  pages.push(heed)
  if (!isManual) heed.init(given)
  return { heed, ...page }
}

/** The responses among what was sent. */
export const responses = ({ sent }: Pick<Page, 'sent'>): ResponseItem[] =>
  sent.flatMap(({ items }) => items.filter((item): item is ResponseItem => item.type === 'response'))
