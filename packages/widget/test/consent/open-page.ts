import { GVL, TCModel, TCString } from '@iabtechlabtcf/core'
import { vi } from 'vitest'
import type { ConsentState, Heed, HeedOptions } from '../../src/core/api-types.ts'
import type { PanelHandle, PanelHost, PanelOptions } from '../../src/panel-interface.ts'

/** What a page has that matters here, as scripts see it. */
export const globals = window as unknown as {
  __tcfapi?: unknown
  __gpp?: unknown
  Shopify?: unknown
  dataLayer?: unknown[]
}

const pages: Heed[] = []

/** The parts that the last page has asked for. */
export let loaded: string[] = []

/** What the survey that is open lets the visitor do. */
export let panel: PanelHost | undefined

const showPanel = ({ host }: PanelOptions): PanelHandle => {
  panel = host
  host.report('shown')
  return { close: () => host.closed() }
}

/**
 * A page that is new to the script, with the real parts beside the loader, but those that are `blocked`. What was kept
 * before is still there.
 */
export async function openPage(options: Partial<HeedOptions> = {}, blocked?: string): Promise<Heed> {
  vi.resetModules()
  vi.stubGlobal('HEED_VERSION', '0.0.0')
  vi.stubGlobal('requestIdleCallback', (run: () => void) => setTimeout(run, 1))
  // happy-dom does not know this selector.
  const find = document.querySelector.bind(document)
  vi.spyOn(document, 'querySelector').mockImplementation((selector: string) =>
    selector === 'dialog:modal' ? null : find(selector),
  )
  loaded = []
  panel = undefined
  vi.doMock('../../src/core/import-part.ts', () => ({
    async importPart(name: string) {
      loaded.push(name)
      if (name === blocked) throw new TypeError('Failed to fetch dynamically imported module')
      // Drawing it is not what matters here.
      if (name === 'panel') return { open: showPanel }
      return import(`../../src/entries/${name}.ts`)
    },
  }))
  const { createHeed } = await import('../../src/core/create-heed.ts')
  const survey = { id: 'srv_1', key: 'a', version: 1, triggers: [{ on: 'manual' as const }], locales: ['en'] }
  const heed = createHeed({ surveys: [survey] }, { key: 'pk_1', host: 'https://heed.example' })
  pages.push(heed)
  heed.init(options)
  await heed.ready
  return heed
}

/** Leaves nothing of a test: no Heed, nothing kept, no platform in the page. */
export const closePages = (): void => {
  for (const heed of pages.splice(0)) heed.destroy()
  localStorage.clear()
  for (const name of ['__tcfapi', '__gpp', 'Shopify', 'dataLayer'] as const) delete globals[name]
  document.body.replaceChildren()
  vi.doUnmock('../../src/core/import-part.ts')
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
}

/** The visitor's id on the device; a stored one means that storage was allowed. */
export const keptId = (): string | undefined => JSON.parse(localStorage.getItem('heed.pk_1') ?? '{}').id

/** Whether storage and identifying are allowed now. */
export async function consentNow(): Promise<[storage: boolean, identify: boolean]> {
  const { granted } = await import('../../src/core/consent.ts')
  return [granted('storage'), granted('identify')]
}

/** As `gtag()` pushes its commands. */
export function gtag(command: 'default' | 'update', state: ConsentState): void {
  globals.dataLayer ??= []
  ;(function (..._args: unknown[]) {
    // biome-ignore lint/complexity/noArguments: as gtag() does.
    globals.dataLayer?.push(arguments)
  })('consent', command, { analytics_storage: state })
}

/** A TC string in which the visitor consented to these purposes, made by IAB's own encoder. */
export function tcString(...purposes: number[]): string {
  const model = new TCModel(
    new GVL({
      gvlSpecificationVersion: 3,
      vendorListVersion: 1,
      tcfPolicyVersion: 5,
      lastUpdated: '2026-01-01T00:00:00Z',
      purposes: {},
      specialPurposes: {},
      features: {},
      specialFeatures: {},
      vendors: {},
      stacks: {},
      dataCategories: {},
    } as never),
  )
  model.cmpId = 31
  model.cmpVersion = 1
  model.isServiceSpecific = true
  model.purposeConsents.set(purposes)
  return TCString.encode(model)
}
