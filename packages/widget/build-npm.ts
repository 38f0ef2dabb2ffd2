/**
 * Builds what `@heed/widget` is on npm, into `dist`: one ES module for each entry, `dist/parts/*` which they import on
 * demand, and their types. It depends on nothing: Preact and the workspace's own packages, which are not published,
 * become part of it. Readable, so that a developer can step through it; only private names are short already, because
 * an app's minifier may not shorten members.
 */
import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import { parts } from './parts.table.ts'

const root = fileURLToPath(new URL('./', import.meta.url))
const { version } = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as { version: string }

/** Name of each entry in `dist`, and its source. */
const entries = {
  index: 'src/npm/index.ts',
  parts: 'src/npm/parts.ts',
  react: 'src/react/index.ts',
  preact: 'src/preact/index.ts',
  testing: 'src/testing/index.ts',
  assets: 'src/assets.ts',
  content: 'src/content/index.ts',
  locales: 'src/locales/index.ts',
}

const names = parts.map(([name]) => name)
const isRare = (name: string) => !['keeper', 'panel', 'more', 'surfaces', 'consent'].includes(name)
const table = (list: string[], write: (name: string) => string) =>
  `{${list.map((name) => `'${name}': ${write(name)}`)}}`
const importOf = (name: string) => `() => import('../entries/${name}.ts')`

/** Bundlers follow an import only where its name is written out: one for each part, by the file that needs them. */
const writtenOut: Record<string, string> = {
  'import-part': `const HEED_IMPORTS = ${table(
    names.filter((name) => !isRare(name)),
    importOf,
  )}`,
  'import-rare-part': `const HEED_RARE_IMPORTS = ${table(names.filter(isRare), importOf)}`,
  parts: [
    ...names.map((name, at) => `import * as part${at} from '../entries/${name}.ts'`),
    `const HEED_PARTS_BY_NAME = ${table(names, (name) => `part${names.indexOf(name)}`)}`,
  ].join('\n'),
}

/** Where the script tag's build asks the Heed server for a part, this one asks the app's bundler. */
const standIns: Record<string, string> = {
  'src/core/import-part.ts': 'src/npm/import-part.ts',
  'src/core/keeper/preload-panel.ts': 'src/npm/preload-panel.ts',
}

/** `folder` is where they lie, seen from what is built. */
const swap = (folder: string): Plugin => ({
  name: 'swap',
  setup({ onResolve, onLoad }) {
    onLoad({ filter: /[\\/]npm[\\/](import-part|import-rare-part|parts)\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      return { loader: 'ts', contents: `${writtenOut[basename(path, '.ts')]}\n${source}` }
    })
    onResolve({ filter: /^\./ }, ({ path, resolveDir, importer }) => {
      const source = relative(root, resolve(resolveDir, path))
      const standIn = standIns[source]
      if (standIn) return { path: join(root, standIn) }
      // Parts are built apart, as for the script tag, so that the loader carries nothing that only a part needs.
      const part = importer && /^src\/entries\/(.+)\.ts$/.exec(source)?.[1]
      return part ? { path: `${folder}/${part}.js`, external: true } : undefined
    })
  },
})

const shared: BuildOptions = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  sourcemap: true,
  target: 'es2022',
  conditions: ['@heed/source'],
  mangleProps: /^_[^_]/,
  charset: 'utf8',
  legalComments: 'none',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  define: { HEED_VERSION: JSON.stringify(version) },
}

await build({
  ...shared,
  entryPoints: entries,
  splitting: true,
  external: ['react', 'preact', 'node:*'],
  plugins: [swap('./parts')],
})

const mangleCache: Record<string, string | false> = {}
for (const [name, alias] of parts) {
  const entryPoints = { [`parts/${name}`]: `src/entries/${name}.ts` }
  const built = await build({ ...shared, entryPoints, alias, mangleCache, plugins: [swap('.')] })
  Object.assign(mangleCache, built.mangleCache)
}

const declarationOf = (source: string) => source.replace(/\.[jt]sx?$/, '.d.ts')

/**
 * The declarations of the three packages, and of those only what the entries lead to; a package that is not published
 * is named by its place among them.
 */
async function writeTypes(): Promise<void> {
  const all = join(root, 'dist/types')
  const shell = process.platform === 'win32'
  await promisify(execFile)('tsc', ['-p', 'tsconfig.npm.json'], { cwd: root, shell })
  const found = new Map<string, string>()
  const queue = Object.values(entries).map((source) => declarationOf(join(all, 'widget', source)))
  for (const file of queue) {
    if (found.has(file)) continue
    const text = await readFile(file, 'utf8')
    const rewritten = text.replace(
      /(\bfrom |\bimport\()(['"])([^'"]+)\2/g,
      (whole, keyword: string, _quote: string, name: string) => {
        const workspace = /^@heed\/([a-z-]+)$/.exec(name)?.[1]
        if (!workspace && !name.startsWith('.')) return whole
        const target = workspace
          ? join(all, workspace, 'src/index.d.ts')
          : declarationOf(resolve(dirname(file), name))
        queue.push(target)
        const path = relative(dirname(file), target)
          .replaceAll('\\', '/')
          .replace(/\.d\.ts$/, '.js')
        return `${keyword}'${path.startsWith('.') ? path : `./${path}`}'`
      },
    )
    found.set(file, rewritten)
  }
  await rm(all, { recursive: true })
  for (const [file, text] of found) {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
}

await writeTypes()
