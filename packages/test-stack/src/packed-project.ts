import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
// Not by URL, which is the page's own in tests that have one.
const widget = join(import.meta.dirname, '../../widget')

export interface PackedProject {
  /** Real path, without a trailing slash. */
  dir: string
  /** The packed `@heed/widget`. */
  tarball: string
  /** What an import in the project gets. */
  import<Module>(specifier: string): Promise<Module>
  /** Runs a program of the project's folder; what it printed. @throws with what it printed when it fails */
  run(program: string, ...args: string[]): Promise<string>
  remove(): Promise<void>
}

export interface PackedProjectOptions {
  /** Folder of the files that the project begins with; what is installed and built there stays behind. */
  from?: string
  /** Packages beside `@heed/widget`, by name, and the folder that already has each of them. */
  links: Record<string, string>
}

/**
 * A project outside of this workspace that has installed `@heed/widget` as it would be published: packed, unpacked,
 * its dependencies resolved. Everything else it needs it takes from where the workspace has it, so nothing is fetched.
 */
export async function packedProject({ from, links }: PackedProjectOptions): Promise<PackedProject> {
  if (!existsSync(join(widget, 'dist/index.js')))
    throw new Error('packages/widget/dist: the npm package is not built; run `npm run build`')
  // Where the temporary folder is a link, modules are known by their real place.
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'heed-packed-')))
  const shell = process.platform === 'win32'
  // A developer's shell, not that of our test runner.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(NODE_ENV|DEV|PROD|MODE|SSR|VITE.*|TEST)$/.test(name)),
  )
  const pnpm = async (cwd: string, ...args: string[]) => (await run('pnpm', args, { cwd, shell })).stdout
  if (from)
    await cp(from, dir, {
      recursive: true,
      filter: (path) => !/[\\/](node_modules|dist|\.turbo)$/.test(path),
    })
  await pnpm(widget, 'pack', '--pack-destination', dir)
  const { version } = JSON.parse(await readFile(join(widget, 'package.json'), 'utf8')) as { version: string }
  const tarball = join(dir, `heed-widget-${version}.tgz`)
  const linked = Object.entries(links).map(([name, folder]) => [name, `link:${folder}`])
  const manifest = {
    private: true,
    type: 'module',
    dependencies: { ...Object.fromEntries(linked), '@heed/widget': `file:${tarball}` },
  }
  await writeFile(join(dir, 'package.json'), JSON.stringify(manifest))
  await pnpm(dir, 'install', '--offline', '--ignore-workspace', '--config.node-linker=hoisted')
  const require = createRequire(join(dir, 'package.json'))
  return {
    dir,
    tarball,
    import: (specifier) => import(pathToFileURL(require.resolve(specifier)).href),
    async run(program, ...args) {
      try {
        const { stdout } = await run(program, args, { cwd: dir, shell, env })
        return stdout
      } catch (error) {
        const { stdout, stderr } = error as { stdout: string; stderr: string }
        throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error })
      }
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  }
}
