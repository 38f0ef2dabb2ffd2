import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const home = fileURLToPath(new URL('../../../.artifacts/peers/', import.meta.url))
const files = ['package.json', 'package-lock.json']

/**
 * Installs the pinned peers where only this command looks: they weigh more than all of our own dependencies, and
 * nothing that ships or is tested needs them. Returns the folder, with a slash at its end.
 */
export async function installPeers(): Promise<string> {
  const lock = await readFile(new URL('package-lock.json', import.meta.url))
  const wanted = createHash('sha256').update(lock).digest('hex')
  const stamp = `${home}.installed`
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return home
  console.log('installing the peers (once)')
  await mkdir(home, { recursive: true })
  for (const file of files) await copyFile(new URL(file, import.meta.url), `${home}${file}`)
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: home,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error('the peers could not be installed; the lines above say why')
  await writeFile(stamp, wanted)
  return home
}
