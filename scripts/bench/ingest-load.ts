/**
 * The sender of `bench -- ingest`, a process of its own so that its work is not counted: raw sockets, bodies made
 * beforehand, each request with an id of its own, one request at a time on each connection.
 */
import { connect, type Socket } from 'node:net'

export interface LoadOrder {
  url: string
  path: string
  surveyId: string
  connections: number
  seconds: number
  /** Distinguishes the ids of one run from those of every other. */
  run: number
}

export interface LoadResult {
  acknowledged: number
  /** Anything but a 200 that says `stored`. */
  failed: number
  seconds: number
  /** Milliseconds. */
  p50: number
  p99: number
}

interface Template {
  bytes: Buffer
  idAt: number
}

const comments = [
  'Delivery was two days late and nobody told me. ',
  '배송이 빠르고 포장이 정말 꼼꼼했어요. 다음에도 주문할게요. ',
  '品揃えがよく、迷わず買えました。また利用します。',
  '支付页面卡住了两次，最后还是成功了。',
  'Die Größentabelle passt nicht zu den Schuhen. ',
  'كان الدفع سهلاً جداً، شكراً لكم. ',
]
const idLength = 36

/** Requests of 0.5 to 2 kB, as a shop's visitors would send them. */
function makeTemplates({ url, path, surveyId }: LoadOrder): Template[] {
  return Array.from({ length: 512 }, (_, n) => {
    const comment = (comments[n % comments.length] ?? '').repeat(n % 12)
    const item = {
      type: 'response',
      id: 'x'.repeat(idLength),
      seq: 1,
      surveyId,
      version: 1,
      locale: ['en', 'ko', 'ja'][n % 3],
      ageMs: n * 7,
      displayAgeMs: n * 7 + 4000,
      visitor: n % 4 === 0 ? null : `v${(n * 7919).toString(36)}`,
      subject: null,
      answers: { nps: n % 11, ...(comment && { why: comment }) },
      completed: n % 3 !== 0,
      timing: { shownMs: 0, startedMs: 1200 + n, completedMs: 8000 + n },
      context: {
        url: `https://shop.example/${['ko', 'en', 'ja'][n % 3]}/orders/${n}`,
        referrer: 'https://search.example',
        device: ['phone', 'desktop', 'tablet'][n % 3],
        viewport: [390, 844],
        timeZone: ['Asia/Seoul', 'Europe/Berlin', 'Asia/Tokyo', 'America/New_York'][n % 4],
        trigger: 'event',
        event: { name: 'purchase', value: 20 + n, currency: 'EUR', itemIds: [`sku${n}`], itemCount: 1 },
        ...(n % 2 === 0 && { attributes: { vip: n % 4 === 0, plan: 'pro', orders: n % 30 } }),
      },
    }
    const body = JSON.stringify({ sdk: '0.1.0', items: [item] })
    const head =
      `POST ${path} HTTP/1.1\r\nhost: ${new URL(url).host}\r\ncontent-type: text/plain;charset=UTF-8\r\n` +
      `origin: https://shop.example\r\nx-forwarded-for: 198.18.${n >> 8}.${n & 255}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`
    const bytes = Buffer.from(head + body)
    return { bytes, idAt: bytes.indexOf('x'.repeat(idLength)) }
  })
}

async function load(order: LoadOrder): Promise<LoadResult> {
  const templates = makeTemplates(order)
  const { hostname, port } = new URL(order.url)
  const durations: number[] = []
  const result = { acknowledged: 0, failed: 0 }
  const startedAt = performance.now()
  const endsAt = startedAt + order.seconds * 1000
  let sent = 0

  /** As a UUIDv7: rising in its first half. */
  function nextId(): string {
    const time = (0x0198c6f20000 + order.run * 0x100000 + Math.floor(sent / 4)).toString(16).padStart(12, '0')
    const tail = (sent * 2654435761).toString(16).padStart(12, '0').slice(-12)
    const rest = (sent & 0xfff).toString(16).padStart(3, '0')
    sent += 1
    return `${time.slice(0, 8)}-${time.slice(8)}-7${rest}-8000-${tail}`
  }

  function send(socket: Socket, room: Buffer): void {
    const template = templates[sent % templates.length]
    if (!template) return
    template.bytes.copy(room)
    room.write(nextId(), template.idAt, 'latin1')
    socket.write(room.subarray(0, template.bytes.length))
  }

  function runConnection(): Promise<void> {
    return new Promise((resolve, reject) => {
      // One request is under way at a time, so its room can be used again for the next.
      const room = Buffer.alloc(16_384)
      const socket = connect(Number(port), hostname).setNoDelay(true)
      let received = ''
      let sentAt = performance.now()
      socket.on('connect', () => send(socket, room))
      socket.on('error', reject)
      socket.on('data', (chunk) => {
        received += chunk.toString('latin1')
        const bodyAt = received.indexOf('\r\n\r\n') + 4
        const length = Number(/content-length: (\d+)/i.exec(received)?.[1])
        if (bodyAt < 4 || received.length < bodyAt + length) return
        const isStored = received.startsWith('HTTP/1.1 200') && received.includes('"stored"', bodyAt)
        if (isStored) result.acknowledged += 1
        else result.failed += 1
        received = ''
        const now = performance.now()
        durations.push(now - sentAt)
        if (now >= endsAt) {
          socket.end()
          resolve()
          return
        }
        sentAt = now
        send(socket, room)
      })
    })
  }

  await Promise.all(Array.from({ length: order.connections }, runConnection))
  durations.sort((a, b) => a - b)
  const at = (share: number) => durations[Math.floor(durations.length * share)] ?? 0
  return { ...result, seconds: (performance.now() - startedAt) / 1000, p50: at(0.5), p99: at(0.99) }
}

process.on('message', (order: LoadOrder) => {
  void load(order).then((result) => process.send?.(result))
})
