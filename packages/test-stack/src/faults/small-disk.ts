import { execFile } from 'node:child_process'
import { chown, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A disk that can be full, in memory. */
export interface SmallDisk {
  folder: string
  /** Whose files may lie there. */
  giveTo(user: { uid: number; gid: number } | undefined): Promise<void>
  /** Leaves so much room. */
  fill(leaveBytes: number): Promise<void>
  free(): Promise<void>
  close(): Promise<void>
}

/** Mounts one, which only root on Linux may; elsewhere says why there is none. */
export async function mountSmallDisk(mebibytes: number): Promise<SmallDisk | { missing: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'heed-small-disk-'))
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=0711`, 'tmpfs', folder])
  } catch (error) {
    await rm(folder, { recursive: true })
    return { missing: (error as Error).message.trim().split('\n').at(-1) ?? 'it cannot be mounted' }
  }
  const ballast = join(folder, 'ballast')
  return {
    folder,
    async giveTo(user) {
      if (user) await chown(folder, user.uid, user.gid)
    },
    async fill(leaveBytes) {
      const { bavail, bsize } = await statfs(folder)
      // Whoever else writes there meanwhile may be faster.
      await writeFile(ballast, Buffer.alloc(Math.max(0, bavail * bsize - leaveBytes))).catch(unlessFull)
    },
    free: () => rm(ballast, { force: true }),
    async close() {
      await run('umount', ['--lazy', folder])
      await rm(folder, { recursive: true })
    },
  }
}

function unlessFull(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOSPC') throw error
}
