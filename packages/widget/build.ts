/**
 * Builds what a page loads: `dist/heed.js` (the loader), `dist/<version>/panel-<hash>.js` (the panel),
 * `dist/<version>/keeper-<hash>.js` (the keeper, which follows an open survey and delivers its answers), the npm entry
 * with its types, and `dist/manifest.json`, which tells the API what to serve under which name.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'esbuild'
import { minify } from 'terser'
import type { WidgetManifest } from './src/assets.ts'

const root = fileURLToPath(new URL('./', import.meta.url))
const dist = `${root}dist/`
const { version } = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as { version: string }

const shared: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  minify: true,
  legalComments: 'none',
  charset: 'utf8',
  conditions: ['@heed/source'],
  // Constructed style sheets, which the panel cannot do without, came to Safari with 16.4: later than all of ES2021.
  target: 'es2021',
  mangleProps: /^_[^_]/,
  jsx: 'automatic',
  jsxImportSource: 'preact',
  define: { HEED_VERSION: JSON.stringify(version) },
}

async function bundle(entry: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({ ...shared, ...options, entryPoints: [entry] })
  const [file] = outputFiles ?? []
  if (!file) throw new Error(`${entry}: esbuild wrote nothing`)
  return file.text
}

/** A second minifier after esbuild: 1 to 4 % smaller, and it never renames what crosses a bundle. */
async function squeeze(code: string, module: boolean): Promise<string> {
  const { code: result } = await minify(code, {
    module,
    compress: { passes: 3, ecma: 2020, unsafe_arrows: true, pure_getters: true },
    format: { ecma: 2020, comments: false },
  })
  if (!result) throw new Error('terser wrote nothing')
  return result
}

// The panel draws itself in one effect, so it needs signals but not their integration with components (1.2 kB).
const signalsPackage = createRequire(import.meta.url).resolve('@preact/signals')
const signalsCore = createRequire(signalsPackage).resolve('@preact/signals-core').replace(/\.js$/, '.mjs')

const integrity = (body: string) => `sha384-${createHash('sha384').update(body).digest('base64')}`

await rm(dist, { recursive: true, force: true })
await mkdir(`${dist}${version}`, { recursive: true })

const panel = await squeeze(
  await bundle('src/entries/panel.ts', {
    format: 'esm',
    alias: { '@preact/signals': signalsCore },
  }),
  true,
)
const panelHash = createHash('sha256').update(panel).digest('hex').slice(0, 10)
const panelPath = `heed/${version}/panel-${panelHash}.js`

const withPanel = { ...shared.define, HEED_PANEL_PATH: JSON.stringify(panelPath) }
const keeper = await squeeze(
  await bundle('src/entries/keeper.ts', { format: 'esm', define: withPanel }),
  true,
)
const keeperHash = createHash('sha256').update(keeper).digest('hex').slice(0, 10)
const keeperPath = `heed/${version}/keeper-${keeperHash}.js`

const loaderBody = await bundle('src/entries/loader.ts', {
  format: 'esm',
  define: { ...withPanel, HEED_KEEPER_PATH: JSON.stringify(keeperPath) },
})
// The free name HEED_RULES becomes a parameter; the server puts the project's rules where the `null` is. A name that
// the minifier knows nothing of stands there until then, as it would put the `null` where it is used.
const loader = (await squeeze(`(HEED_RULES=>{${loaderBody}})(HEED_PROJECT)`, false)).replace(
  /\(HEED_PROJECT\);?$/,
  '(null);',
)

const manifest: WidgetManifest = {
  version,
  loader: { path: 'heed.js', integrity: integrity(loader) },
  files: [
    { path: panelPath, file: `${version}/panel-${panelHash}.js`, integrity: integrity(panel) },
    { path: keeperPath, file: `${version}/keeper-${keeperHash}.js`, integrity: integrity(keeper) },
    { path: `heed/${version}/heed.js`, file: 'heed.js', integrity: integrity(loader) },
  ],
}

await writeFile(`${dist}heed.js`, loader)
await writeFile(`${dist}${version}/panel-${panelHash}.js`, panel)
await writeFile(`${dist}${version}/keeper-${keeperHash}.js`, keeper)
await writeFile(`${dist}manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`)
