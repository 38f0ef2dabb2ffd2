import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { isRunning, processIdentity } from './process-identity.ts'

const patienceMs = 120_000

/**
 * Runs `work` while no other process works on this folder. A lock whose process is gone is taken over. (Two that
 * take over the same dead lock in the same instant could both go on; PostgreSQL's own interlock then stops one.)
 */
export async function withFolderLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const path = join(folder, 'lock')
  await acquire(path)
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

async function acquire(path: string): Promise<void> {
  const deadline = Date.now() + patienceMs
  while (Date.now() < deadline) {
    try {
      const file = await open(path, 'wx', 0o600)
      await file.writeFile(processIdentity(process.pid) ?? '')
      await file.close()
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = await readFile(path, 'utf8').catch(() => '')
    // Empty: made this instant, its process writes its name next.
    if (holder !== '' && !isRunning(holder)) await rm(path, { force: true })
    else await delay(25)
  }
  throw new EmbeddedPostgresError(
    `${path} is held by another process; end it, or remove that file if none runs`,
  )
}
