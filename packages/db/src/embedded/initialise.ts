import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { exists } from './exists.ts'
import type { Binaries } from './find-binaries.ts'
import { commandAs, type SystemUser } from './system-user.ts'

/** Name of the superuser and of the database. */
export const heedName = 'heed'

/** Makes the cluster when there is none and returns its password (its file: readable by the owner only). */
export async function initialise(
  dataDir: string,
  cluster: string,
  binaries: Binaries,
  user: SystemUser | undefined,
): Promise<string> {
  const passwordFile = join(dataDir, 'password')
  if (await exists(join(cluster, 'PG_VERSION'))) return (await readFile(passwordFile, 'utf8')).trim()

  // Made under another name first: an interrupted initdb never looks like a cluster.
  const unfinished = `${cluster}.unfinished`
  const copyForInitdb = join(dataDir, 'password.initdb')
  const password = randomBytes(24).toString('base64url')
  try {
    await rm(unfinished, { recursive: true, force: true })
    await mkdir(unfinished, { mode: 0o700 })
    await writeFile(copyForInitdb, `${password}\n`, { mode: 0o600 })
    if (user) {
      await chown(unfinished, user.uid, user.gid)
      await chown(copyForInitdb, user.uid, user.gid)
    }
    await runInitdb(binaries.initdb, unfinished, copyForInitdb, user)
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
    await rename(unfinished, cluster)
    return password
  } finally {
    await rm(copyForInitdb, { force: true })
  }
}

async function runInitdb(
  initdb: string,
  folder: string,
  passwordFile: string,
  user: SystemUser | undefined,
): Promise<void> {
  // The builtin C.UTF-8 locale sorts the same on every system, so moving the folder cannot corrupt an index.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = [`--username=${heedName}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
  try {
    const { program, args, options } = commandAs(user, initdb, ['-D', folder, ...access, ...locale])
    await promisify(execFile)(program, args, { ...options, cwd: folder })
  } catch (cause) {
    const said = (cause as { stderr?: string }).stderr ?? ''
    throw new EmbeddedPostgresError(`A new PostgreSQL could not be set up in ${folder}. ${said.trim()}`, {
      cause,
    })
  }
}
