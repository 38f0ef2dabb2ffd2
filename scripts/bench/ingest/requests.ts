import type { LoadOrder } from './load.ts'

/** A request whose parts that differ each time have their places. */
interface Template {
  bytes: Buffer
  places: { id: number; address: number; visitor: number; word: number }
}

const comments = [
  'Delivery was two days late and nobody told me. ',
  '배송이 빠르고 포장이 정말 꼼꼼했어요. 다음에도 주문할게요. ',
  '品揃えがよく、迷わず買えました。また利用します。',
  '支付页面卡住了两次，最后还是成功了。',
  'Die Größentabelle passt nicht zu den Schuhen. ',
  'كان الدفع سهلاً جداً، شكراً لكم. ',
]
const holes = {
  id: 'i'.repeat(36),
  address: 'a'.repeat(15),
  visitor: 'v'.repeat(8),
  word: 'w'.repeat(8),
}
/** So many visitors share an address, one after the other. */
const visitorsOfAddress = 4

/** Requests of 0.5 to 2 kB, as a shop's visitors would send them; half of them with a comment. */
function makeTemplates({ url, publicKey, surveyId, ticket }: LoadOrder): Template[] {
  return Array.from({ length: 512 }, (_, n) => {
    const comment = (comments[n % comments.length] ?? '').repeat(n % 12)
    const item = {
      type: 'response',
      id: holes.id,
      seq: 1,
      surveyId,
      version: 1,
      locale: ['en', 'ko', 'ja'][n % 3],
      ageMs: n * 7,
      displayAgeMs: n * 7 + 4000,
      visitor: holes.visitor,
      subject: null,
      answers: { nps: n % 11, ...(comment && { why: `${holes.word} ${comment}` }) },
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
    const body = JSON.stringify({ sdk: '0.1.0', ticket, items: [item] })
    const head =
      `POST /v1/ingest/${publicKey} HTTP/1.1\r\nhost: ${new URL(url).host}\r\n` +
      `content-type: text/plain;charset=UTF-8\r\norigin: https://shop.example\r\n` +
      'user-agent: Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1\r\n' +
      `x-forwarded-for: ${holes.address}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`
    const bytes = Buffer.from(head + body)
    const at = (hole: string) => bytes.indexOf(hole)
    return {
      bytes,
      places: {
        id: at(holes.id),
        address: at(holes.address),
        visitor: at(holes.visitor),
        word: at(holes.word),
      },
    }
  })
}

/** The largest request; every connection has a room of this size. */
export const roomBytes = 16_384

/** Writes the next request into a room and gives its part of it. Every id, visitor and comment is another one. */
export function requestWriter(order: LoadOrder): (room: Buffer) => Buffer {
  const templates = makeTemplates(order)
  let sent = 0

  /** As a UUIDv7: rising in its first half. */
  function nextId(): string {
    const time = (0x0198c6f20000 + order.run * 0x100000 + Math.floor(sent / 4)).toString(16).padStart(12, '0')
    const tail = (sent * 2654435761).toString(16).padStart(12, '0').slice(-12)
    const rest = (sent & 0xfff).toString(16).padStart(3, '0')
    return `${time.slice(0, 8)}-${time.slice(8)}-7${rest}-8000-${tail}`
  }

  return (room) => {
    const template = templates[sent % templates.length]
    if (!template) throw new Error('there are templates')
    const { bytes, places } = template
    bytes.copy(room)
    room.write(nextId(), places.id, 'latin1')
    const visitor = order.run * 1_000_000 + sent
    const address = digitsOf(Math.floor(visitor / visitorsOfAddress))
    const octets = [0, 2, 4, 6].map((at) => `1${address.slice(at, at + 2)}`)
    room.write(octets.join('.'), places.address, 'latin1')
    room.write(digitsOf(visitor), places.visitor, 'latin1')
    if (places.word >= 0) room.write(wordOf(sent + order.run * 1_000_000), places.word, 'latin1')
    sent += 1
    return room.subarray(0, bytes.length)
  }
}

const digitsOf = (number: number) => String(number).padStart(8, '0').slice(-8)

/** Eight letters: nobody's comment is another's. */
function wordOf(number: number): string {
  let rest = number
  let word = ''
  for (let n = 0; n < 8; n += 1) {
    word += String.fromCharCode(97 + (rest % 26))
    rest = Math.floor(rest / 26)
  }
  return word
}
