import type { ProjectRules, SurveyRules } from '@heed/contract'
import { vi } from 'vitest'
import type { Heed, HeedOptions } from '../../src/core/api-types.ts'
import type { PanelHost, PanelOptions } from '../../src/panel-interface.ts'

/** A survey that is open in the page. */
interface Shown {
  key: string
  host: PanelHost
}

export interface Page {
  heed: Heed
  /** Every survey that was opened, in order. */
  shown: Shown[]
  preloads: () => number
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
  options: Partial<HeedOptions> & { loadPanel?: () => Promise<void> } = {},
): Promise<Page> {
  vi.resetModules()
  vi.stubGlobal('HEED_VERSION', '0.0.0')
  vi.stubGlobal('requestIdleCallback', (run: () => void) => setTimeout(run, 1))
  vi.stubGlobal('fetch', async () => new Response('{"items":[]}'))
  const query = document.querySelector.bind(document)
  vi.spyOn(document, 'querySelector').mockImplementation((selector: string) =>
    query(selector === 'dialog:modal' ? 'dialog[data-modal]' : selector),
  )
  const shown: Shown[] = []
  const preload = vi.fn()
  const { loadPanel = async () => {}, ...given } = options
  const open = ({ texts, host }: PanelOptions) => {
    shown.push({ key: texts.id, host })
    host.report('shown')
    return {
      close() {
        host.report('dismissed')
        host.closed()
      },
    }
  }
  vi.doMock('../../src/core/keeper/preload-panel.ts', () => ({ preloadPanel: preload }))
  vi.doMock('../../src/core/parts.ts', async () => {
    const [{ connect }, settings, { granted }, { factsNow }, { remember }] = await Promise.all([
      import('../../src/core/keeper/connect.ts'),
      import('../../src/core/settings.ts'),
      import('../../src/core/consent.ts'),
      import('../../src/core/facts.ts'),
      import('../../src/core/memory.ts'),
    ])
    return {
      loadPanel: async () => {
        await loadPanel()
        return [{ open }]
      },
      loadTexts: async (survey: SurveyRules) => ({ id: survey.key, locale: 'en' }),
      withKeeper: async (run: (keeper: ReturnType<typeof connect>) => unknown) =>
        run(connect(settings.options, settings.rules, settings.life.signal, granted, factsNow, remember)),
    }
  })
  const { createHeed } = await import('../../src/core/create-heed.ts')
  const heed = createHeed({ onePerSession: false, ...rules }, { key: 'pk_1', host: 'https://heed.example' })
  pages.push(heed)
  heed.init(given)
  return { heed, shown, preloads: () => preload.mock.calls.length }
}
