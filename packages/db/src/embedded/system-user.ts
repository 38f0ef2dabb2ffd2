import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'

const run = promisify(execFile)

export interface SystemUser {
  uid: number
  gid: number
}

/**
 * PostgreSQL refuses to run as root: then it runs as the system user `postgres`, made when there is none (with
 * `groupadd` and `useradd`). Undefined for everybody else: it runs as they do.
 */
export async function systemUser(): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  try {
    return await lookUp()
  } catch {
    try {
      await run('groupadd', ['--system', 'postgres'])
      await run('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres'])
      return await lookUp()
    } catch (cause) {
      throw new EmbeddedPostgresError(
        'PostgreSQL does not run as root, and no system user "postgres" could be made. Start Heed as an ordinary ' +
          'user, or set DATABASE_URL to a PostgreSQL server.',
        { cause },
      )
    }
  }
}

async function lookUp(): Promise<SystemUser> {
  const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])])
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

/** Throws with advice when that user cannot pass one of the folders above `path` (such as a private `/root`). */
export async function checkReachable(path: string, user: SystemUser | undefined): Promise<void> {
  if (!user) return
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder)
    const mayPass = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if (mode & mayPass) continue
    throw new EmbeddedPostgresError(
      `Started by root, PostgreSQL runs as the user "postgres", who cannot enter ${folder} (needed for ${path}). ` +
        `Start Heed as an ordinary user, or move it out of there, or allow it (chmod o+x ${folder}), ` +
        'or set DATABASE_URL to a PostgreSQL server.',
    )
  }
}
