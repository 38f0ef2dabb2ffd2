import { MigrationError } from '@heed/db'
import type { Config } from './config.ts'

const listenAdvice: Record<string, (config: Config) => string> = {
  EADDRINUSE: ({ host, port }) =>
    `PORT: ${port} on ${host} is taken; set another PORT, or stop what listens there`,
  EACCES: ({ port }) => `PORT: ${port} may not be opened by this user; set one above 1023`,
  EADDRNOTAVAIL: ({ host }) => `HOST: ${host} is not an address of this machine`,
  ENOTFOUND: ({ host }) => `HOST: ${host} is not a name of this machine`,
}

/** The same failure in words that name the setting and the fix, where it is one that a setting causes. */
export function withListenAdvice(error: unknown, config: Config): unknown {
  const advice = listenAdvice[String((error as { code?: unknown } | null)?.code)]
  return advice ? new Error(advice(config), { cause: error }) : error
}

/** An unreachable or refusing database, named by its setting; the address stays out: it may hold a password. */
export function withDatabaseAdvice(error: unknown, config: Config): unknown {
  // One that was reached and could not be migrated says so itself.
  if (config.databaseUrl === undefined || error instanceof MigrationError) return error
  const reason = reasonOf(error)
  return new Error(
    `DATABASE_URL: the database cannot be used (${reason}); check address, user and password`,
    {
      cause: error,
    },
  )
}

/** The message at the bottom of the chain of causes; of a refused connection the code, as its message is empty. */
function reasonOf(error: unknown): string {
  const { cause, message, code } = error as { cause?: unknown; message?: string; code?: string }
  return cause ? reasonOf(cause) : message || code || 'no reason given'
}
