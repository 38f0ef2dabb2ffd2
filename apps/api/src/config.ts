import { isIP } from 'node:net'

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** Everything the process takes from its environment, checked once at start. */
export interface Config {
  /** `PORT`; 0 lets the system choose. @default 8080 */
  port: number
  /** `HOST` @default '127.0.0.1' */
  host: string
  /** `DATABASE_URL`; absent: the embedded PostgreSQL in `dataDir`. */
  databaseUrl?: string
  /** `HEED_DATA_DIR` @default '.heed' */
  dataDir: string
  /** `HEED_PUBLIC_URL`: how browsers reach this server, without a trailing slash. */
  publicUrl?: string
  /** `HEED_TRUST_PROXY`: addresses or CIDR ranges of the proxies whose headers are believed. @default none */
  trustProxy: string[]
  /** `HEED_SECRET`: at least 32 characters; signs preview links. @default one that the database keeps */
  secret?: string
  /** `HEED_COUNTRY_HEADER`, lower case: where a trusted proxy writes the visitor's country. */
  countryHeader?: string
  /** `HEED_LOG_LEVEL` @default 'info' */
  logLevel: LogLevel
  /** `HEED_DRAIN_MS`: how long a stopping server still takes requests, so that a balancer sees `/readyz` fail first. @default 0 */
  drainMs: number
  /** `HEED_ROLLUP_SECONDS`: how often hours that are over are counted for the reports; 0 leaves it to other processes. @default 60 */
  rollUpSeconds: number
}

/** A variable has a value that cannot be used. The message names the variable and what it takes. */
export class ConfigError extends Error {
  readonly variable: string

  constructor(variable: string, expectation: string, value: string) {
    // A secret or a password must not reach a log through its own error.
    const shown =
      variable === 'HEED_SECRET' || variable === 'DATABASE_URL' ? '' : `, got ${JSON.stringify(value)}`
    super(`${variable}: expected ${expectation}${shown}`)
    this.name = 'ConfigError'
    this.variable = variable
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/** @throws {ConfigError} naming the first variable that cannot be used */
export function readConfig(env: Environment): Config {
  const databaseUrl = read(env, 'DATABASE_URL', 'a postgres:// or postgresql:// address', (value) =>
    hasProtocol(value, ['postgres:', 'postgresql:']) ? value : undefined,
  )
  const publicUrl = read(
    env,
    'HEED_PUBLIC_URL',
    'an http:// or https:// address without query or hash',
    readUrl,
  )
  const secret = read(env, 'HEED_SECRET', 'at least 32 characters', (value) =>
    value.length >= 32 ? value : undefined,
  )
  const countryHeader = read(env, 'HEED_COUNTRY_HEADER', 'a header name', (value) =>
    /^[A-Za-z0-9-]{1,64}$/.test(value) ? value.toLowerCase() : undefined,
  )
  return {
    port: read(env, 'PORT', 'an integer from 0 to 65535', integerIn(0, 65_535)) ?? 8080,
    host:
      read(env, 'HOST', 'an address or host name', (value) =>
        /^[\w.:-]+$/.test(value) ? value : undefined,
      ) ?? '127.0.0.1',
    dataDir: env.HEED_DATA_DIR || '.heed',
    trustProxy:
      read(env, 'HEED_TRUST_PROXY', 'a comma-separated list of IP addresses or CIDR ranges', readRanges) ??
      [],
    logLevel:
      read(env, 'HEED_LOG_LEVEL', `one of ${logLevels.join(', ')}`, (value) =>
        logLevels.find((level) => level === value),
      ) ?? 'info',
    drainMs: read(env, 'HEED_DRAIN_MS', 'an integer from 0 to 600000', integerIn(0, 600_000)) ?? 0,
    rollUpSeconds: read(env, 'HEED_ROLLUP_SECONDS', 'an integer from 0 to 3600', integerIn(0, 3600)) ?? 60,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(secret === undefined ? {} : { secret }),
    ...(countryHeader === undefined ? {} : { countryHeader }),
  }
}

/** An empty variable counts as absent: compose files and CI systems cannot unset one. */
function read<Value>(
  env: Environment,
  variable: string,
  expectation: string,
  parse: (value: string) => Value | undefined,
): Value | undefined {
  const value = env[variable]?.trim()
  if (!value) return undefined
  const parsed = parse(value)
  if (parsed === undefined) throw new ConfigError(variable, expectation, value)
  return parsed
}

function integerIn(low: number, high: number) {
  return (value: string) => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
    return number >= low && number <= high ? number : undefined
  }
}

function hasProtocol(value: string, protocols: string[]): boolean {
  return protocols.includes(URL.parse(value)?.protocol ?? '')
}

function readUrl(value: string): string | undefined {
  const url = URL.parse(value)
  if (!url || !hasProtocol(value, ['http:', 'https:']) || url.search || url.hash) return undefined
  return value.replace(/\/+$/, '')
}

function readRanges(value: string): string[] | undefined {
  const ranges = value.split(',').map((range) => range.trim())
  return ranges.every(isRange) ? ranges : undefined
}

function isRange(range: string): boolean {
  const [address = '', bits, ...rest] = range.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || integerIn(0, version === 4 ? 32 : 128)(bits) !== undefined
}
