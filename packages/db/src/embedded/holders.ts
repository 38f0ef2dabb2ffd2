import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isRunning, processIdentity } from './process-identity.ts'

// Every process that uses the server leaves a file named by its identity. The last one out stops the server; a
// server whose holders are all dead (kill -9) is an orphan, and whoever comes next takes it over.

let registrations = 0

/** Says that this process uses the server; returns the name to `release`. */
export async function hold(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'holders')
  await mkdir(folder, { recursive: true })
  const name = `${processIdentity(process.pid)}.${registrations++}`
  await writeFile(join(folder, name), '')
  return name
}

/** Takes that back, clears away the dead, and returns whether anybody else still uses the server. */
export async function release(dataDir: string, name: string): Promise<boolean> {
  const folder = join(dataDir, 'holders')
  await rm(join(folder, name), { force: true })
  const names = await readdir(folder)
  const dead = names.filter((other) => !isRunning(other.slice(0, other.indexOf('.'))))
  await Promise.all(dead.map((other) => rm(join(folder, other), { force: true })))
  return names.length > dead.length
}
