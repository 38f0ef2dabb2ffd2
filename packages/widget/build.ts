/**
 * Builds what a page loads: `dist/heed.js` (the loader), its parts in `dist/<version>/<hash>/` (the panel, the keeper,
 * which follows an open survey and delivers its answers, and what only some surveys need), and `dist/manifest.json`,
 * which tells the API what to serve under which name.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import { minify } from 'terser'
import { parts } from './parts.table.ts'
import type { WidgetManifest } from './src/assets.ts'

const root = fileURLToPath(new URL('./', import.meta.url))
const dist = `${root}dist/`
const { version } = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as { version: string }

/** Style sheets are strings, which no minifier looks into: their lines are joined here. */
const joinedStyles: Plugin = {
  name: 'joined-styles',
  setup({ onLoad }) {
    onLoad({ filter: /styles(\/[\w-]+)?\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      return { loader: 'ts', contents: source.replace(/`[^`]*`/g, (css) => css.replaceAll('\n', '')) }
    })
  },
}

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
  plugins: [joinedStyles],
}

async function bundle(entry: string, options: BuildOptions): Promise<string> {
  const result = await build({ ...shared, ...options, entryPoints: [entry] })
  if (options.mangleCache) Object.assign(options.mangleCache, result.mangleCache)
  const [file] = result.outputFiles ?? []
  if (!file) throw new Error(`${entry}: esbuild wrote nothing`)
  return file.text
}

/** A second minifier after esbuild: 1 to 4 % smaller, and it never renames what crosses a bundle. */
async function squeeze(code: string, module: boolean): Promise<string> {
  const { code: result } = await minify(code, {
    module,
    // Functions put first make the loader smaller and the parts larger.
    compress: { passes: 3, ecma: 2020, unsafe_arrows: true, pure_getters: true, hoist_funs: !module },
    format: { ecma: 2020, comments: false },
  })
  if (!result) throw new Error('terser wrote nothing')
  return result
}

const integrity = (body: string) => `sha384-${createHash('sha384').update(body).digest('base64')}`

await rm(dist, { recursive: true, force: true })

// Parts are found by names under one folder that is named for the contents of all of them: they may name each other
// without knowing each other's hash, and none ever meets one of another build. So they may share short names too.
const mangleCache: Record<string, string | false> = {}
const bodies: [name: string, body: string][] = []
for (const [name, alias] of parts) {
  const code = await bundle(`src/entries/${name}.ts`, { format: 'esm', alias, mangleCache })
  bodies.push([name, await squeeze(code, true)])
}
const hash = createHash('sha256').update(JSON.stringify(bodies)).digest('hex').slice(0, 10)
const folder = `${version}/${hash}`

const loaderBody = await bundle('src/entries/loader.ts', {
  format: 'esm',
  define: { ...shared.define, HEED_PARTS: JSON.stringify(`heed/${folder}`) },
})
// The free name HEED_RULES becomes a parameter; the server puts the project's rules where the `null` is. A name that
// the minifier knows nothing of stands there until then, as it would put the `null` where it is used.
const loader = (await squeeze(`(HEED_RULES=>{${loaderBody}})(HEED_PROJECT)`, false)).replace(
  /\(HEED_PROJECT\);?$/,
  '(null);',
)

await mkdir(`${dist}${folder}`, { recursive: true })
await writeFile(`${dist}heed.js`, loader)
for (const [name, body] of bodies) await writeFile(`${dist}${folder}/${name}.js`, body)
const manifest: WidgetManifest = {
  version,
  loader: { path: 'heed.js', integrity: integrity(loader) },
  files: [
    ...bodies.map(([name, body]) => ({
      path: `heed/${folder}/${name}.js`,
      file: `${folder}/${name}.js`,
      integrity: integrity(body),
    })),
    { path: `heed/${version}/heed.js`, file: 'heed.js', integrity: integrity(loader) },
  ],
}
await writeFile(`${dist}manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`)
