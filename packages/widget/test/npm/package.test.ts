import { execFile } from 'node:child_process'
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompressSync } from 'node:zlib'
import { type PackedProject, packedProject } from '@heed/test-stack/packed-project'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const installed = (name: string) => here(`../../node_modules/${name}`)
let project: PackedProject

beforeAll(async () => {
  const names = ['@types/react', 'preact', 'react']
  project = await packedProject({ links: Object.fromEntries(names.map((name) => [name, installed(name)])) })
})
afterAll(() => project.remove())

interface PackedManifest {
  exports: Record<string, { types: string; default: string }>
  dependencies?: Record<string, string>
}
const manifest = async (): Promise<PackedManifest> =>
  JSON.parse(await readFile(join(project.dir, 'node_modules/@heed/widget/package.json'), 'utf8'))

describe('the packed package', () => {
  it.each([
    ['publint', ['run', '--strict']],
    ['attw', ['--profile', 'esm-only']],
  ])('passes %s', async (program, args) => {
    await promisify(execFile)(installed(`.bin/${program}`), [...args, project.tarball])
  })

  it('depends on nothing and knows nothing of this workspace', async () => {
    const { dependencies, exports } = await manifest()
    expect(dependencies).toBeUndefined()
    const paths = Object.values(exports).map((one) => Object.keys(one).join())
    expect(new Set(paths)).toEqual(new Set(['types,default']))
  })
})

describe('on a server', () => {
  it('is imported without a trace, and every call does nothing', async () => {
    const { exports } = await manifest()
    const names = Object.keys(exports).map((path) => path.replace('.', '@heed/widget'))
    await writeFile(
      join(project.dir, 'server.js'),
      `const before = Object.getOwnPropertyNames(globalThis).join()
      ${names.map((name) => `await import('${name}')`).join('\n')}
      const heed = await import('@heed/widget')
      heed.set({ attributes: { plan: 'pro' } })
      heed.identify('customer-1')
      heed.consent({ storage: 'granted' })
      heed.track('purchase')
      heed.page()
      heed.init({ key: 'pk_1', host: 'http://127.0.0.1:1' })
      heed.on('shown', () => {})()
      heed.close(); heed.snooze(1); heed.reset(); heed.destroy()
      console.log(JSON.stringify([
        await heed.show('nps'),
        (await heed.explain()) ?? null,
        (await heed.ready) ?? null,
        before === Object.getOwnPropertyNames(globalThis).join(),
      ]))`,
    )
    expect(JSON.parse(await project.run('node', 'server.js'))).toEqual(['failed', null, null, true])
  })
})

describe('a developer’s compiler', () => {
  it.each(['nodenext', 'preserve'])(
    'understands it with modules %s, declarations included',
    async (module) => {
      await copyFile(here('./types.test-d.ts'), join(project.dir, 'types.test-d.ts'))
      await writeFile(
        join(project.dir, 'more.test-d.ts'),
        `import { parts } from '@heed/widget/parts'
      import { HeedSurvey } from '@heed/widget/preact'
      import { surveyTexts } from '@heed/widget/content'
      import { init } from '@heed/widget'
      init({ key: 'pk_1', host: 'https://feedback.example.com', parts })
      export default [HeedSurvey({ surveyKey: 'nps' }), surveyTexts]`,
      )
      const compilerOptions = {
        module,
        target: 'es2022',
        lib: ['es2022', 'dom', 'dom.iterable'],
        types: [],
        strict: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
        skipLibCheck: false,
      }
      const config = { compilerOptions, files: ['types.test-d.ts', 'more.test-d.ts'] }
      await writeFile(join(project.dir, 'tsconfig.json'), JSON.stringify(config))
      await project.run('tsc')
    },
  )
})

describe('in an app’s bundle', () => {
  /** What a page with such an app loads at once, and in how many bytes (brotli). */
  async function bundle(source: string): Promise<{ code: string; bytes: number }> {
    await writeFile(join(project.dir, 'app.js'), source)
    const { metafile, outputFiles } = await build({
      absWorkingDir: project.dir,
      entryPoints: ['app.js'],
      outdir: 'out',
      bundle: true,
      splitting: true,
      format: 'esm',
      minify: true,
      metafile: true,
      logLevel: 'error',
      write: false,
    })
    const wanted = ['out/app.js']
    const files: string[] = []
    for (const path of wanted) {
      files.push(outputFiles.find((file) => file.path === join(project.dir, path))?.text ?? '')
      for (const { path: next, kind } of metafile.outputs[path]?.imports ?? [])
        if (kind === 'import-statement' && !wanted.includes(next)) wanted.push(next)
    }
    const bytes = files.reduce((sum, text) => sum + brotliCompressSync(text).length, 0)
    return { code: files.join('\n'), bytes }
  }
  const hasPanel = ({ code }: { code: string }) => code.includes('attachShadow')

  it('costs about as much as the script’s loader, and the panel only when it is needed', async () => {
    const app = await bundle(
      `import { init } from '@heed/widget'; init({ key: 'pk_1', host: 'https://feedback.example.com' })`,
    )
    const loader = brotliCompressSync(await readFile(here('../../dist/heed.js'))).length
    console.log(`@heed/widget: init in an app ${app.bytes} B, the script's loader ${loader} B`)
    expect(hasPanel(app)).toBe(false)
    // Beside the loader: the names of all parts, which the script finds by its own address.
    expect(app.bytes).toBeLessThan(loader + 650)
  })

  it('has no panel for `track` alone, and nothing at all for what is only a type or a definition', async () => {
    expect(hasPanel(await bundle(`import { track } from '@heed/widget'; track('purchase')`))).toBe(false)
    const definition = await bundle(
      `import { defineSurvey } from '@heed/widget'; console.log(defineSurvey({ key: 'x' }))`,
    )
    expect(definition.bytes).toBeLessThan(80)
    const { bytes } = await bundle(`import '@heed/widget'; import '@heed/widget/react'`)
    expect(bytes).toBeLessThan(10)
  })

  it('has everything at once when the app takes the parts in', async () => {
    const app = await bundle(
      `import { init } from '@heed/widget'; import { parts } from '@heed/widget/parts'; init({ key: 'pk_1', host: '', parts })`,
    )
    expect(hasPanel(app)).toBe(true)
  })
})

it('has every part that the loader may ask for', async () => {
  const namesIn = async (folder: string) =>
    (await readdir(folder))
      .filter((name) => /\.[jt]s$/.test(name))
      .map((name) => name.slice(0, -3))
      .sort()
  const entries = (await namesIn(here('../../src/entries'))).filter((name) => name !== 'loader')
  expect(await namesIn(join(project.dir, 'node_modules/@heed/widget/dist/parts'))).toEqual(entries)
})
