import { readFile } from 'node:fs/promises'

/** What `build.ts` wrote, as `dist/manifest.json`. */
export interface WidgetManifest {
  version: string
  loader: { path: string; integrity: string }
  /** Immutable parts: `path` in URLs, `file` in `dist`. */
  files: { path: string; file: string; integrity: string }[]
}

export interface WidgetAssets {
  version: string
  /** The loader without rules; ends in `(null);`, where the rules go. */
  loader: string
  /** URL path without leading slash, to content. */
  files: Map<string, { body: string; integrity: string }>
}

/**
 * The built widget, for whoever serves it.
 * @throws when the widget has not been built, saying how.
 */
export async function loadWidgetAssets(
  dist: URL = new URL('../dist/', import.meta.url),
): Promise<WidgetAssets> {
  const text = await readFile(new URL('manifest.json', dist), 'utf8').catch((cause: unknown) => {
    throw new Error(`${dist.pathname}manifest.json: the widget is not built; run \`npm run build\``, {
      cause,
    })
  })
  const manifest = JSON.parse(text) as WidgetManifest
  const files: WidgetAssets['files'] = new Map()
  for (const { path, file, integrity } of manifest.files) {
    files.set(path, { body: await readFile(new URL(file, dist), 'utf8'), integrity })
  }
  return { version: manifest.version, loader: await readFile(new URL('heed.js', dist), 'utf8'), files }
}

/** The loader with a project's rules inlined: one request and no round trip for configuration. */
export function inlineRules(loader: string, rulesJson: string): string {
  return `${loader.slice(0, loader.lastIndexOf('(null);'))}(${rulesJson});`
}
