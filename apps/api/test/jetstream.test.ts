import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from '../src/config.ts'
import type { IngestRow } from '../src/ingest/read-item.ts'
import { decodeBatch, encodeBatch, messageIdOf } from '../src/jetstream/batch-message.ts'
import { connectJetStream } from '../src/jetstream/connect-jetstream.ts'
import { isOlder, oldestVersion } from '../src/jetstream/server-versions.ts'
import { writerFailure } from '../src/writer/writer-failure.ts'
import { responseRow } from './support/rows.ts'

const response = (id: string, seq = 1, comment = ''): IngestRow => ({
  kind: 'response',
  row: responseRow({ id, seq, answers: { why: comment } }),
})

describe('a batch as a message', () => {
  test('comes back as it was, older by the time it waited', () => {
    const [message] = encodeBatch([response('a'), response('b', 1, '한국어 "quoted"')], 1e6)
    const rows = decodeBatch(message?.body ?? Buffer.alloc(0), 1500)
    expect(rows.map(({ row }) => row.id)).toEqual(['a', 'b'])
    expect(rows[1]).toEqual({
      kind: 'response',
      row: { ...response('b', 1, '한국어 "quoted"').row, ageMs: 1500 },
    })
  })

  test('keeps what speaks against a response or a display', () => {
    const row = responseRow({ suspicion: 90, suspicionReasons: ['forgedTicket', 'fast'] })
    const display = { projectId: 'p', id: 'd', surveyId: 's', surveyVersion: 1, states: 1, test: false }
    const rows: IngestRow[] = [
      { kind: 'response', row },
      { kind: 'display', row: { ...display, suspicious: true } },
    ]
    const [message] = encodeBatch(rows, 1e6)
    expect(decodeBatch(message?.body ?? Buffer.alloc(0), 0)).toEqual(rows)
  })

  test('is divided until each part fits the server', () => {
    const rows = Array.from({ length: 50 }, (_, index) => response(`id${index}`, 1, 'x'.repeat(1000)))
    const messages = encodeBatch(rows, 10_000)
    expect(messages.length).toBeGreaterThan(5)
    expect(Math.max(...messages.map(({ body }) => body.length))).toBeLessThanOrEqual(10_000)
    expect(messages.flatMap((message) => message.rows)).toEqual(rows)
  })

  test('has an id by which a repeat is known, and a growing answer is not taken for one', () => {
    expect(messageIdOf([response('a', 1)])).toBe(messageIdOf([response('a', 1, 'other')]))
    expect(messageIdOf([response('a', 1)])).not.toBe(messageIdOf([response('a', 2)]))
    const two = [response('a'), response('b')]
    expect(messageIdOf(two)).toBe(messageIdOf([...two]))
    expect(messageIdOf(two)).not.toBe(messageIdOf([response('a'), response('b', 2)]))
  })

  test('of a newer Heed is not read as something else', () => {
    const unreadable = [
      '',
      '[]',
      'null',
      '{"v":2,"rows":[]}',
      '{"v":1}',
      '{"v":1,"rows":[{"kind":"other","row":{}}]}',
    ]
    for (const body of unreadable) expect(() => decodeBatch(Buffer.from(body), 0)).toThrow()
  })
})

test('a writer blames the row only for what the environment does not explain', () => {
  const kindOf = (code: unknown) => writerFailure(Object.assign(new Error('no'), { code }))
  expect(['22001', '23514', '54000', 'XX000', '21000'].map(kindOf)).toEqual(Array(5).fill('data'))
  expect(['40001', '40P01'].map(kindOf)).toEqual(['conflict', 'conflict'])
  const environment = ['08006', '25006', '42703', '53100', '57P01', '58030', 'XX001', 'ECONNREFUSED']
  expect(environment.map(kindOf)).toEqual(environment.map(() => 'unavailable'))
  // A mistake of the program: its row waits alone, and no other behind it.
  expect(kindOf(undefined)).toBe('unclear')
})

describe('configuration', () => {
  test('asks for NATS_URL where it is needed and keeps its password to itself', () => {
    const wrong = (env: Record<string, string>) => {
      try {
        readConfig(env)
      } catch (error) {
        return error as ConfigError
      }
      return undefined
    }
    expect(wrong({ HEED_INGEST: 'jetstream' })).toMatchObject({ variable: 'NATS_URL' })
    expect(wrong({ HEED_INGEST: 'kafka' })?.message).toBe(
      'HEED_INGEST: expected one of direct, jetstream, got "kafka"',
    )
    const url = wrong({ NATS_URL: 'http://user:hunter2@nats:4222' })
    expect(url).toBeInstanceOf(ConfigError)
    expect(url?.message).not.toContain('hunter2')
    expect(wrong({ NATS_URL: 'nats://a:4222', HEED_NATS_REPLICAS: '2' })).toMatchObject({
      variable: 'HEED_NATS_REPLICAS',
    })
  })

  test('takes several servers, three replicas unless told otherwise, and stays direct by itself', () => {
    expect(readConfig({})).toMatchObject({ ingest: 'direct' })
    const { ingest, nats } = readConfig({
      HEED_INGEST: 'jetstream',
      NATS_URL: 'nats://a:4222, nats://b:4222',
      HEED_NATS_MONITOR: 'http://a:8222',
    })
    expect(ingest).toBe('jetstream')
    expect(nats).toEqual({
      urls: ['nats://a:4222', 'nats://b:4222'],
      replicas: 3,
      monitors: ['http://a:8222'],
    })
  })
})

describe('servers', () => {
  test('are compared by version, number by number', () => {
    for (const version of ['2.10.22', '2.9.99', '1.99.99', '', 'devel']) {
      expect(isOlder(version, oldestVersion)).toBe(true)
    }
    for (const version of ['2.10.23', '2.10.27', '2.11.0', '2.12.0-RC.1', '3.0.0']) {
      expect(isOlder(version, oldestVersion)).toBe(false)
    }
  })

  test('older than 2.10.23 are refused with the reason', async () => {
    const server = await pretendServer('2.9.10')
    const options = { urls: [server.url], replicas: 1, monitors: [] }
    await expect(connectJetStream(options, 'test')).rejects.toThrow(
      /^NATS_URL: the server 127\.0\.0\.1:\d+ runs nats-server 2\.9\.10; at least 2\.10\.23 is needed/,
    )
    server.close()
  })

  test('that are old are found among the neighbours of a new one', async () => {
    const neighbour = await pretendServer('2.10.11')
    const server = await pretendServer('2.10.27', [new URL(neighbour.url).host])
    const options = { urls: [server.url], replicas: 3, monitors: [] }
    await expect(connectJetStream(options, 'test')).rejects.toThrow(/runs nats-server 2\.10\.11/)
    for (const one of [server, neighbour]) one.close()
  })

  test('that are not there are named by their variable, without the password', async () => {
    const options = { urls: ['nats://user:hunter2@127.0.0.1:1'], replicas: 3, monitors: [] }
    const error = await connectJetStream(options, 'test').catch((reason: Error) => reason)
    expect(String(error)).toMatch(/NATS_URL: no server could be used/)
    expect(String(error)).not.toContain('hunter2')
  })
})

/** Says hello as a nats-server of this version does, and answers pings. */
async function pretendServer(version: string, neighbours: string[] = []) {
  const server = createServer((socket) => {
    const info = {
      server_id: 'x',
      version,
      headers: true,
      jetstream: true,
      max_payload: 1_048_576,
      connect_urls: neighbours,
    }
    socket.write(`INFO ${JSON.stringify(info)}\r\n`)
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      if (chunk.includes('PING')) socket.write('PONG\r\n')
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as { port: number }
  return { url: `nats://127.0.0.1:${port}`, close: () => server.close() }
}
