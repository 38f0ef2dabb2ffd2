import type { Problem, ResponsePage, Survey } from '@heed/contract'
import { createProject } from '@heed/db'
import { pixel } from '@heed/test-stack/pixel'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newResponseId, response, startApi, type TestApi } from './support/start-api.ts'

let api: TestApi
let survey: Survey

beforeAll(async () => {
  api = await startApi({ settings: { origins: ['https://shop.example'] } })
  survey = await api.publish()
})
afterAll(() => api.close())

const send = (responseId: string, body: Buffer = pixel, headers: Record<string, string> = {}) =>
  api.app.inject({
    method: 'POST',
    url: `/v1/screenshots/${api.project.publicKey}/${responseId}`,
    payload: body,
    headers: { 'content-type': 'image/png', ...headers },
  })
const read = (responseId: string, secretKey = api.secretKey, projectId = api.project.id) =>
  api.app.inject({
    url: `/v1/projects/${projectId}/responses/${responseId}/screenshot`,
    headers: { authorization: `Bearer ${secretKey}` },
  })

async function answered(): Promise<string> {
  const item = response(survey)
  await api.send([item])
  return item.id
}

/** The header of an image of this size; nothing reads further. */
const png = (width: number, height: number) => {
  const image = Buffer.from(pixel)
  image.writeUInt32BE(width, 16)
  image.writeUInt32BE(height, 20)
  return image
}
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0000b080006000801011100ffd9', 'hex')
const webp = Buffer.concat([
  Buffer.from('RIFF'),
  Buffer.from([22, 0, 0, 0]),
  Buffer.from('WEBPVP8X'),
  Buffer.from([10, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 5, 0, 0]),
])

describe('a picture of the page', () => {
  test('comes with its response and is read back byte for byte, as nothing but an image', async () => {
    const id = await answered()
    expect((await send(id, pixel, { origin: 'https://shop.example' })).json()).toEqual({ status: 'stored' })
    const reply = await read(id)
    expect(reply.rawPayload.equals(pixel)).toBe(true)
    expect(reply.headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `attachment; filename="screenshot-${id}.png"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
      'cache-control': 'private, no-store',
    })
    const list = await api.call<ResponsePage>('GET', '/responses')
    expect(list.reply.data.find((one) => one.id === id)).toMatchObject({ screenshot: true })
  })

  test('may be JPEG or WebP', async () => {
    const [one, other] = [await answered(), await answered()]
    expect((await send(one, jpeg, { 'content-type': 'image/jpeg' })).json()).toEqual({ status: 'stored' })
    expect((await send(other, webp, { 'content-type': 'image/webp' })).json()).toEqual({ status: 'stored' })
    expect((await read(other)).headers['content-type']).toBe('image/webp')
  })

  test('may overtake its response', async () => {
    const item = response(survey)
    expect((await send(item.id)).json()).toEqual({ status: 'stored' })
    expect((await read(item.id)).json<Problem>()).toMatchObject({ code: 'unknown_screenshot' })
    await api.send([item])
    expect((await read(item.id)).statusCode).toBe(200)
  })

  test('is kept once: a second one changes nothing', async () => {
    const id = await answered()
    await send(id)
    expect((await send(id, png(2, 2))).json()).toEqual({ status: 'duplicate' })
    expect((await read(id)).rawPayload.equals(pixel)).toBe(true)
  })

  test('may be sent by a page of the shop after its preflight, and by no other page', async () => {
    const preflight = await api.app.inject({
      method: 'OPTIONS',
      url: `/v1/screenshots/${api.project.publicKey}/${newResponseId()}`,
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    })
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'content-type',
    })
    const foreign = await send(await answered(), pixel, { origin: 'https://evil.example' })
    expect(foreign.json<Problem>()).toMatchObject({ code: 'origin_not_allowed' })
  })

  const refused: [name: string, body: Buffer, type: string, status: number, detail: RegExp][] = [
    [
      'no image at all',
      Buffer.from('<svg onload="alert(1)">'),
      'image/png',
      422,
      /^body: expected one of image\/png/,
    ],
    [
      'an image called something else',
      pixel,
      'image/webp',
      422,
      /^content-type: says image\/webp, .* is image\/png/,
    ],
    ['a page', Buffer.from('<html>'), 'text/html', 415, /content-type/],
    ['an SVG', Buffer.from('<svg/>'), 'image/svg+xml', 415, /content-type/],
    ['one too wide', png(4097, 10), 'image/png', 422, /at most 4096 pixels a side, got 4097 x 10/],
    ['one without any size', png(0, 10), 'image/png', 422, /body/],
    ['a cut header', pixel.subarray(0, 12), 'image/png', 422, /body: the header/],
    ['more than a mebibyte', Buffer.alloc(1_048_577), 'image/png', 413, /larger/],
  ]
  test.each(refused)('%s is refused', async (_name, body, type, status, detail) => {
    const id = await answered()
    const reply = await send(id, body, { 'content-type': type })
    expect(reply.json<Problem>()).toMatchObject({ status, detail: expect.stringMatching(detail) })
    expect((await read(id)).statusCode).toBe(404)
  })

  test('belongs to its project', async () => {
    const id = await answered()
    await send(id)
    const other = await createProject(api.db, { name: 'Other' })
    expect((await read(id, other.secretKey, other.project.id)).statusCode).toBe(404)
    expect((await read('no-uuid')).statusCode).toBe(404)
    const wrong = await api.app.inject({
      method: 'POST',
      url: `/v1/screenshots/pk_wrong/${id}`,
      payload: pixel,
      headers: { 'content-type': 'image/png' },
    })
    expect(wrong.json<Problem>()).toMatchObject({ code: 'unknown_key' })
  })

  test('costs a project no more than so many a second', async () => {
    const replies = await Promise.all(Array.from({ length: 40 }, () => send(newResponseId())))
    const late = replies.filter(({ statusCode }) => statusCode === 429)
    expect(late.length).toBeGreaterThan(5)
    expect(late[0]?.headers['retry-after']).toBeDefined()
  })
})
