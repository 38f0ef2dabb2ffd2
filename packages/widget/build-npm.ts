/**
 * Builds what `@heed/widget` is on npm, into `dist`: one ES module for each entry, with what they share and the parts
 * that are loaded on demand beside them, and their types. It depends on nothing: Preact, signals and the workspace's own
 * packages, which are not published, become part of it.
 */
import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build, type Plugin } from 'esbuild'

const root = fileURLToPath(new URL('./', import.meta.url))
const { version } = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as { version: string }

const signals = createRequire(import.meta.url).resolve('@preact/signals')
const signalsCore = createRequire(signals).resolve('@preact/signals-core').replace(/\.js$/, '.mjs')

/** Name of each entry in `dist`, and its source. */
const entries = {
  index: 'src/npm/index.ts',
  parts: 'src/npm/parts.ts',
  react: 'src/react/index.ts',
  preact: 'src/preact/index.ts',
  assets: 'src/assets.ts',
  locales: 'src/locales/index.ts',
  content: 'src/content/index.ts',
}

/** Where the script tag's build asks the Heed server for a part, this one asks the app's bundler. */
const standIns: Record<string, string> = {
  'src/core/import-part.ts': 'src/npm/import-part.ts',
  'src/core/keeper/preload-panel.ts': 'src/npm/preload-panel.ts',
}

const swap: Plugin = {
  name: 'swap',
  setup({ onResolve, onEnd }) {
    const met = new Set<string>()
    onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
      const source = relative(root, resolve(resolveDir, path))
      const standIn = standIns[source]
      if (!standIn) return undefined
      met.add(source)
      return { path: join(root, standIn) }
    })
    // Only the bindings share the app's own Preact. The panel has one inside: an app's version of it, or what its
    // signals and tools have hooked into it, does not matter to the panel, nor the panel to them.
    onResolve({ filter: /^preact(\/|$)/ }, ({ importer }) =>
      relative(root, importer).startsWith('src/preact/') ? { external: true } : undefined,
    )
    onEnd(() => {
      for (const source in standIns)
        if (!met.has(source)) throw new Error(`build-npm.ts: nothing imports ${source} any more`)
    })
  },
}

// Readable, so that a developer can step through it; private names are short all the same, as the app's own minifier
// may not shorten members.
await build({
  absWorkingDir: root,
  entryPoints: entries,
  outdir: 'dist',
  chunkNames: 'npm/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  sourcemap: true,
  target: 'es2022',
  conditions: ['@heed/source'],
  external: ['react', 'node:*'],
  // Without their integration with components: the panel draws itself in one effect.
  alias: { '@preact/signals': signalsCore },
  mangleProps: /^_[^_]/,
  charset: 'utf8',
  legalComments: 'none',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  define: { HEED_VERSION: JSON.stringify(version) },
  plugins: [swap],
})

/**
 * The declarations of the three packages, and of those only what the entries lead to; a package that is not published
 * is named by its place among them.
 */
async function writeTypes(): Promise<void> {
  const all = join(root, 'dist/types')
  await promisify(execFile)('tsc', ['-p', 'tsconfig.npm.json'], {
    cwd: root,
    shell: process.platform === 'win32',
  })
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
        const path = relative(dirname(file), target).replace(/\.d\.ts$/, '.js')
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

const declarationOf = (source: string) => source.replace(/\.[jt]sx?$/, '.d.ts')

await writeTypes()
