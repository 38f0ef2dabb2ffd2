import { openChromium } from './chromium.ts'
import { type EngineName, engineNames, type RunningEngine, type VisitorOptions } from './engine.ts'
import { hasFirefox, openFirefox } from './firefox.ts'
import { createVisitor, type EngineVisitor } from './visitor.ts'
import { hasWebkit, openWebkit } from './webkit.ts'

export interface Engine extends Omit<RunningEngine, 'newDriver'> {
  newVisitor(options?: VisitorOptions): Promise<EngineVisitor>
  close(): Promise<void>
}

const engines: Record<EngineName, { open(): Promise<RunningEngine>; isInstalled(): boolean; apt?: string }> =
  {
    chromium: { open: openChromium, isInstalled: () => true },
    firefox: { open: openFirefox, isInstalled: hasFirefox, apt: 'firefox-esr' },
    webkit: { open: openWebkit, isInstalled: hasWebkit, apt: 'webkit2gtk-driver xvfb' },
  }

/** What to do to have the engines that are not on this machine, one sentence each. */
export function missingEngines(): { name: EngineName; advice: string }[] {
  return engineNames
    .filter((name) => !engines[name].isInstalled())
    .map((name) => ({ name, advice: `apt-get install -y --no-install-recommends ${engines[name].apt}` }))
}

/** A browser engine that talks to nobody but the pages under test. Close it when done. */
export async function openEngine(name: EngineName): Promise<Engine> {
  const running = await engines[name].open()
  return {
    name,
    version: running.version,
    keepsPages: running.keepsPages,
    newVisitor: async ({ width = 1280, height = 760 } = {}) =>
      createVisitor(await running.newDriver({ width, height })),
    close: () => running.close(),
  }
}
