import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from '../src/config.ts'

describe('the environment', () => {
  test('may be empty: everything has a default', () => {
    expect(readConfig({})).toEqual({
      ingest: 'direct',
      port: 8080,
      host: '127.0.0.1',
      dataDir: '.heed',
      trustProxy: [],
      logLevel: 'info',
      drainMs: 0,
      rollUpSeconds: 60,
      retentionSeconds: 3600,
      limits: {
        address: { quota: 6000, windowSeconds: 60 },
        public: { quota: 12_000, windowSeconds: 60 },
        visitor: { quota: 120, windowSeconds: 60 },
        project: { quota: 100_000, windowSeconds: 10 },
        countsPrivate: false,
        rowsPerDay: 10_000_000,
        bytesPerDay: 20_000_000_000,
      },
    })
  })

  test('an empty variable counts as absent', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ' })).toEqual(readConfig({}))
  })

  test('takes every variable', () => {
    expect(
      readConfig({
        PORT: '0',
        HOST: '::1',
        DATABASE_URL: 'postgresql://heed:secret@db.internal:5432/heed',
        HEED_DATA_DIR: '/var/lib/heed',
        HEED_PUBLIC_URL: 'https://feedback.shop.example/',
        HEED_TRUST_PROXY: '10.0.0.0/8, 2001:db8::/32,192.168.1.1',
        HEED_SECRET: 's'.repeat(32),
        HEED_COUNTRY_HEADER: 'CF-IPCountry',
        HEED_LOG_LEVEL: 'warn',
        HEED_DRAIN_MS: '5000',
        HEED_LIMIT_ADDRESS: '600/10',
        HEED_LIMIT_PUBLIC: '0',
        HEED_LIMIT_VISITOR: '0',
        HEED_LIMIT_PROJECT: '1/86400',
        HEED_QUOTA_ROWS: '0',
        HEED_QUOTA_BYTES: '1000000000000',
        HEED_ROLLUP_SECONDS: '0',
        HEED_RETENTION_SECONDS: '600',
      }),
    ).toEqual({
      ingest: 'direct',
      port: 0,
      host: '::1',
      databaseUrl: 'postgresql://heed:secret@db.internal:5432/heed',
      dataDir: '/var/lib/heed',
      publicUrl: 'https://feedback.shop.example',
      trustProxy: ['10.0.0.0/8', '2001:db8::/32', '192.168.1.1'],
      secret: 's'.repeat(32),
      countryHeader: 'cf-ipcountry',
      logLevel: 'warn',
      drainMs: 5000,
      limits: {
        address: { quota: 600, windowSeconds: 10 },
        project: { quota: 1, windowSeconds: 86_400 },
        countsPrivate: true,
        rowsPerDay: 0,
        bytesPerDay: 1_000_000_000_000,
      },
      rollUpSeconds: 0,
      retentionSeconds: 600,
    })
  })

  test.each([
    ['PORT', '80a'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['HOST', 'a b'],
    ['DATABASE_URL', 'mysql://db/heed'],
    ['DATABASE_URL', 'db/heed'],
    ['HEED_PUBLIC_URL', 'ftp://x'],
    ['HEED_PUBLIC_URL', 'https://x/?a=1'],
    ['HEED_TRUST_PROXY', 'true'],
    ['HEED_TRUST_PROXY', '1'],
    ['HEED_TRUST_PROXY', '10.0.0.0/33'],
    ['HEED_TRUST_PROXY', '10.0.0.0/8,'],
    ['HEED_SECRET', 'short'],
    ['HEED_COUNTRY_HEADER', 'x y'],
    ['HEED_LOG_LEVEL', 'loud'],
    ['HEED_DRAIN_MS', '1s'],
    ['HEED_LIMIT_ADDRESS', '600'],
    ['HEED_LIMIT_ADDRESS', '0/60'],
    ['HEED_LIMIT_PUBLIC', '600/60/1'],
    ['HEED_LIMIT_VISITOR', '600/1m'],
    ['HEED_LIMIT_PROJECT', '-1/60'],
    ['HEED_QUOTA_ROWS', '1e6'],
    ['HEED_QUOTA_BYTES', '20GB'],
    ['HEED_ROLLUP_SECONDS', '0.5'],
    ['HEED_RETENTION_SECONDS', '86401'],
  ])('%s=%s stops the start and is named', (variable, value) => {
    expect(() => readConfig({ [variable]: value })).toThrowError(ConfigError)
    expect(() => readConfig({ [variable]: value })).toThrowError(new RegExp(`^${variable}: expected `))
  })

  test.each(['HEED_SECRET', 'DATABASE_URL'])('%s is not repeated in its own error', (variable) => {
    expect(() => readConfig({ [variable]: 'hunter2' })).toThrowError(/^(?!.*hunter2)/)
  })
})
