import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'

const run = promisify(execFile)

export interface SystemUser {
  uid: number
  gid: number
  /** A folder on the way is closed to this user, who needs a capability to pass it. */
  mustPass?: boolean
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

/** The folder above `path` that this user cannot enter (such as a private `/root`), if there is one. */
export async function findBarrier(path: string, user: SystemUser): Promise<string | undefined> {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder)
    const mayPass = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if (!(mode & mayPass)) return folder
  }
  return undefined
}

/**
 * The user with what it takes to reach its data. Root's own folders are usually closed to everybody else, and
 * newcomers do work in them: on Linux the server then keeps one of root's capabilities, to pass and read but not to
 * write. Where that is not to be had, throws with advice.
 */
export async function withPassage(user: SystemUser, path: string): Promise<SystemUser> {
  const barrier = await findBarrier(path, user)
  if (!barrier) return user
  const passing = { ...user, mustPass: true }
  const { program, args } = commandAs(passing, 'stat', [`${barrier}/.`])
  try {
    await run(program, args)
    return passing
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `Started by root, PostgreSQL runs as the user "postgres", who cannot enter ${barrier} (needed for ${path}). ` +
        `Start Heed as an ordinary user, or move it out of there, or allow it (chmod o+x ${barrier}), ` +
        'or set DATABASE_URL to a PostgreSQL server.',
      { cause },
    )
  }
}

/** What to start, and with which user in the options, so that a program runs as `user`; as ourselves without one. */
export function commandAs(user: SystemUser | undefined, program: string, args: readonly string[]) {
  if (!user) return { program, args, options: {} }
  const { uid, gid, mustPass } = user
  if (!mustPass) return { program, args, options: { uid, gid } }
  const capability = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search']
  const identity = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  return { program: 'setpriv', args: [...identity, ...capability, '--', program, ...args], options: {} }
}
