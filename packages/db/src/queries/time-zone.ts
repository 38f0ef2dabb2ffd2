import { InvalidTimeZoneError } from '../errors.ts'

/**
 * Checks an IANA name before PostgreSQL sees it. Offsets are refused: PostgreSQL reads `+09` the POSIX way, as nine
 * hours **behind** UTC.
 */
export function checkTimeZone(timezone: string): void {
  if (!/^[A-Za-z][\w+/-]*$/.test(timezone)) throw new InvalidTimeZoneError(timezone)
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone })
  } catch {
    throw new InvalidTimeZoneError(timezone)
  }
}

/** Node knows a zone that this server does not (its tz data is older). */
export function explainTimeZone(error: unknown, timezone: string): never {
  const isZone =
    error instanceof Error && 'code' in error && error.code === '22023' && /time zone/.test(error.message)
  throw isZone ? new InvalidTimeZoneError(timezone) : error
}
