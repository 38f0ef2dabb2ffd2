import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Binaries, findBinaries } from './find-binaries.ts'
import { reachableBinaries } from './reachable-binaries.ts'
import { type SystemUser, systemUser, withPassage } from './system-user.ts'

/** Where a server lives, and who runs it. */
export interface Place {
  dataDir: string
  cluster: string
  binaries: Binaries
  user: SystemUser | undefined
}

/** The folder with what runs in it; nothing is started. */
export async function preparePlace(dataDir: string): Promise<Place> {
  const [binaries, user] = await Promise.all([findBinaries(), systemUser()])
  const cluster = join(dataDir, 'cluster')
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  // Started by root, another user has to pass through to the cluster; what lies beside it is private by its own mode.
  if (user) await chmod(dataDir, 0o711)
  if (!user) return { dataDir, cluster, binaries, user }
  return {
    dataDir,
    cluster,
    binaries: await reachableBinaries(binaries, user),
    user: await withPassage(user, cluster),
  }
}
