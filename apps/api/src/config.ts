import { isIP } from 'node:net'
import type { NatsOptions } from './jetstream/connect-jetstream.ts'
import type { RateLimit } from './limits/token-buckets.ts'

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

const ingestModes = ['direct', 'jetstream'] as const

/** How much one of each may send; undefined or 0 for no limit. */
interface LimitSettings {
  /** `HEED_LIMIT_ADDRESS`: requests to ingest from one address (IPv6: from one /64). @default 6000/60 */
  address?: RateLimit
  /** `HEED_LIMIT_PUBLIC`: requests for what else pages load, from one address. @default 12000/60 */
  public?: RateLimit
  /** `HEED_LIMIT_VISITOR`: items that name one visitor. @default 120/60 */
  visitor?: RateLimit
  /** `HEED_LIMIT_PROJECT`: requests to ingest for one project. @default 100000/10 */
  project?: RateLimit
  /**
   * Whether an address of a private network is one caller. Unless the operator has set a limit for addresses himself
   * it is taken for a proxy that nobody named, and a shop behind it must not be refused as one visitor.
   */
  countsPrivate: boolean
  /** `HEED_QUOTA_ROWS`: rows that a project may store in a day, UTC. @default 10_000_000 */
  rowsPerDay: number
  /** `HEED_QUOTA_BYTES`: the same in bytes of the requests that brought them. @default 20_000_000_000 */
  bytesPerDay: number
}

/** Everything the process takes from its environment, checked once at start. */
export interface Config {
  /** `PORT`; 0 lets the system choose. @default 8080 */
  port: number
  /** `HOST` @default '127.0.0.1' */
  host: string
  /** `DATABASE_URL`; absent: the embedded PostgreSQL in `dataDir`. */
  databaseUrl?: string
  /**
   * `HEED_INGEST`: whether answers are acknowledged when the database has committed them, or when the stream of `NATS_URL`
   * has them, from which `heed write` stores them. @default 'direct'
   */
  ingest: (typeof ingestModes)[number]
  /** `NATS_URL`, `HEED_NATS_REPLICAS` and `HEED_NATS_MONITOR` */
  nats?: NatsOptions
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
  limits: LimitSettings
  /** `HEED_DRAIN_MS`: how long a stopping server still takes requests, so that a balancer sees `/readyz` fail first. @default 0 */
  drainMs: number
  /** `HEED_ROLLUP_SECONDS`: how often hours that are over are counted for the reports; 0 leaves it to other processes. @default 60 */
  rollUpSeconds: number
  /** `HEED_RETENTION_SECONDS`: how often what projects do not keep any more is deleted, and what came late of people who were erased; 0 leaves it to other processes. @default 3600 */
  retentionSeconds: number
}

const secretVariables = ['HEED_SECRET', 'DATABASE_URL', 'NATS_URL']

/** A variable has a value that cannot be used. The message names the variable and what it takes. */
export class ConfigError extends Error {
  readonly variable: string

  constructor(variable: string, expectation: string, value: string) {
    // A secret or a password must not reach a log through its own error.
    const shown = secretVariables.includes(variable) || value === '' ? '' : `, got ${JSON.stringify(value)}`
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
  const ingest =
    read(env, 'HEED_INGEST', `one of ${ingestModes.join(', ')}`, (value) =>
      ingestModes.find((mode) => mode === value),
    ) ?? 'direct'
  const nats = readNats(env, ingest === 'jetstream')
  return {
    ingest,
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
    retentionSeconds:
      read(env, 'HEED_RETENTION_SECONDS', 'an integer from 0 to 86400', integerIn(0, 86_400)) ?? 3600,
    rollUpSeconds: read(env, 'HEED_ROLLUP_SECONDS', 'an integer from 0 to 3600', integerIn(0, 3600)) ?? 60,
    limits: readLimits(env),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(nats === undefined ? {} : { nats }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(secret === undefined ? {} : { secret }),
    ...(countryHeader === undefined ? {} : { countryHeader }),
  }
}

function readLimits(env: Environment): LimitSettings {
  const rate = (variable: string, standard: RateLimit) => {
    const given = read(env, variable, '0 or requests/seconds, such as 600/60', readRate)
    const limit = given ?? standard
    return limit.quota > 0 ? limit : undefined
  }
  const amount = (variable: string, standard: number) =>
    read(env, variable, 'an integer from 0 to 9007199254740991', integerIn(0, Number.MAX_SAFE_INTEGER)) ??
    standard
  const address = rate('HEED_LIMIT_ADDRESS', { quota: 6_000, windowSeconds: 60 })
  const others = rate('HEED_LIMIT_PUBLIC', { quota: 12_000, windowSeconds: 60 })
  const visitor = rate('HEED_LIMIT_VISITOR', { quota: 120, windowSeconds: 60 })
  const project = rate('HEED_LIMIT_PROJECT', { quota: 100_000, windowSeconds: 10 })
  return {
    ...(address && { address }),
    ...(others && { public: others }),
    ...(visitor && { visitor }),
    ...(project && { project }),
    countsPrivate: Boolean(env.HEED_LIMIT_ADDRESS?.trim() || env.HEED_LIMIT_PUBLIC?.trim()),
    rowsPerDay: amount('HEED_QUOTA_ROWS', 10_000_000),
    bytesPerDay: amount('HEED_QUOTA_BYTES', 20_000_000_000),
  }
}

/** `600/60`: so many at once, refilled within so many seconds. */
function readRate(value: string): RateLimit | undefined {
  if (value === '0') return { quota: 0, windowSeconds: 1 }
  const [quota = '', window = '', ...rest] = value.split('/')
  const limit = { quota: integerIn(1, 1e9)(quota), windowSeconds: integerIn(1, 86_400)(window) }
  if (rest.length > 0 || limit.quota === undefined || limit.windowSeconds === undefined) return undefined
  return { quota: limit.quota, windowSeconds: limit.windowSeconds }
}

function readNats(env: Environment, isNeeded: boolean): NatsOptions | undefined {
  const addresses = 'one or more nats:// or tls:// addresses, separated by commas'
  const urls = read(env, 'NATS_URL', addresses, readList(['nats:', 'tls:']))
  if (!urls) {
    if (isNeeded) throw new ConfigError('NATS_URL', `${addresses}, for HEED_INGEST=jetstream`, '')
    return undefined
  }
  return {
    urls,
    replicas:
      read(env, 'HEED_NATS_REPLICAS', 'one of 1, 3, 5', (value) =>
        ['1', '3', '5'].includes(value) ? Number(value) : undefined,
      ) ?? 3,
    monitors:
      read(
        env,
        'HEED_NATS_MONITOR',
        'one or more http:// or https:// addresses, separated by commas',
        readList(['http:', 'https:']),
      ) ?? [],
  }
}

function readList(protocols: string[]) {
  return (value: string) => {
    const addresses = value.split(',').map((address) => address.trim())
    return addresses.every((address) => hasProtocol(address, protocols)) ? addresses : undefined
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
