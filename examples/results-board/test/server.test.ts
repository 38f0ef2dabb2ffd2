import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ResultsBoard, startBoard } from '../server.ts'
import { answerAsApi, response } from './fake-api.ts'

const secretKey = 'sk_never_in_a_browser'
let isUp = true
let authorization: (string | undefined)[] = []

/** The query API as far as the board uses it, over real HTTP. */
const api = createServer(async ({ url = '', headers }, reply) => {
  authorization.push(headers.authorization)
  const body = await answerAsApi(url, 12, [response({ csat: 4 })])
  reply.writeHead(isUp ? 200 : 503).end(body)
})

let board: ResultsBoard
beforeEach(async () => {
  isUp = true
  authorization = []
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve))
  const apiUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`
  board = await startBoard({
    apiUrl,
    projectId: 'prj_1',
    secretKey,
    shopUrl: 'http://shop.example',
    everyMs: 5,
  })
})
afterEach(async () => {
  await board.close()
  await new Promise((resolve) => {
    api.close(resolve)
    api.closeAllConnections()
  })
})

/** Reads the event stream until an event of this kind; returns everything read. */
async function readUntil(stream: AsyncIterator<Uint8Array>, event: string): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  while (!text.includes(`event: ${event}\n`)) {
    const { value, done } = await stream.next()
    if (done) throw new Error(`the stream ended before ${event}: ${text}`)
    text += decoder.decode(value, { stream: true })
  }
  return text
}

async function listen(): Promise<AsyncIterator<Uint8Array>> {
  const { body } = await fetch(`${board.url}/events`)
  if (!body) throw new Error('no stream')
  return body[Symbol.asyncIterator]()
}

it('sends the board as it is and reads the API with the secret key, which no page ever gets', async () => {
  const text = await readUntil(await listen(), 'board')
  expect(text).toContain('event: place\ndata: {"shopUrl":"http://shop.example"')
  expect(text).toContain('"n":12')
  expect(new Set(authorization)).toEqual(new Set([`Bearer ${secretKey}`]))
  for (const path of [
    '/',
    '/board.js',
    '/draw-card.js',
    '/draw-answer.js',
    '/element.js',
    '/moments.js',
    '/board.css',
  ]) {
    const file = await fetch(board.url + path)
    expect(file.status, path).toBe(200)
    expect(await file.text()).not.toContain(secretKey)
  }
  expect(text).not.toContain(secretKey)
})

it('says that the API is down, and shows the board again as soon as it is back', async () => {
  const stream = await listen()
  await readUntil(stream, 'board')
  isUp = false
  expect(await readUntil(stream, 'trouble')).toContain('does not answer')
  isUp = true
  expect(await readUntil(stream, 'board')).toContain('"publicKey":"pk_test"')
})

it('asks the API nothing while nobody watches', async () => {
  await fetch(board.url)
  expect(authorization).toEqual([])
})

it('takes no orders and has no other files', async () => {
  expect((await fetch(`${board.url}/events`, { method: 'POST' })).status).toBe(405)
  expect((await fetch(`${board.url}/../server.ts`)).status).toBe(404)
})
