import { type LogLevel, logLevels } from './config.ts'

/** One line of JSON for each event. Fields never hold answers, addresses or keys. */
export interface Log {
  error(fields: Record<string, unknown>, message: string): void
  info(fields: Record<string, unknown>, message: string): void
}

/**
 * Lines for a log collector. Not Fastify's logger: that one costs every request a child logger and two listeners
 * even when nothing is logged, a twentieth of what ingest takes in all.
 */
export function createLog(level: LogLevel, write: (line: string) => void): Log {
  const isWanted = (one: LogLevel) => level !== 'silent' && logLevels.indexOf(one) <= logLevels.indexOf(level)
  const logger = (one: LogLevel) => (fields: Record<string, unknown>, message: string) => {
    if (!isWanted(one)) return
    write(`${JSON.stringify({ time: new Date().toISOString(), level: one, message, ...fields })}\n`)
  }
  return { error: logger('error'), info: logger('info') }
}
