import { gzipSync } from 'node:zlib'
import { maxItems } from '@heed/contract'
import { newResponseId, response } from './start-api.ts'

/** Where poison goes. */
export interface PoisonTarget {
  host: string
  /** Of ingest, with the key. */
  path: string
  survey: { id: string; version: number }
}

export interface Poison {
  name: string
  /** What goes over the wire. */
  wire: Buffer
  /** The client says nothing more after it. */
  isCut?: boolean
  /** Of the first reply. */
  status: number
  /** What becomes of each item after a 200: a code of refusal, or stored. */
  items?: string[]
  /** Ids that are stored then. */
  ids?: string[]
}

type Headers = Record<string, string>

/** Requests that no widget sends, each with the reply it must get. Every call makes new ids. */
export function poisons({ host, path, survey }: PoisonTarget): Poison[] {
  const head = (headers: Headers) =>
    `POST ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n${Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\n`
  const post = (body: string | Buffer, headers: Headers = {}) =>
    Buffer.concat([
      Buffer.from(
        head({ 'content-type': 'text/plain', 'content-length': String(Buffer.byteLength(body)), ...headers }),
        'latin1',
      ),
      Buffer.from(body),
    ])
  const envelope = (items: string[], more = '') => `{"sdk":"1.0.0","items":[${items.join()}]${more}}`
  const good = () => {
    const item = response(survey, { answers: { nps: 9 } })
    return { id: item.id, json: JSON.stringify(item) }
  }

  /** One odd item between two good ones. */
  function item(name: string, json: string, outcome: string): Poison {
    const [before, after] = [good(), good()]
    const odd = /"id":"([0-9a-f-]{36})"/.exec(json)?.[1]
    return {
      name,
      wire: post(envelope([before.json, json, after.json])),
      status: 200,
      items: ['stored', outcome, 'stored'],
      ids: [before.id, after.id, ...(outcome === 'stored' && odd ? [odd] : [])],
    }
  }
  const changed = (name: string, members: string, outcome: string) =>
    item(name, `${good().json.slice(0, -1)},${members}}`, outcome)
  const answers = (name: string, members: string, outcome: string) =>
    changed(name, `"answers":{${members}}`, outcome)
  const whole = (name: string, body: string | Buffer, status: number, headers?: Headers): Poison => ({
    name,
    wire: post(body, headers),
    status,
  })
  /** A good request, sent oddly, that is taken. */
  function taken(name: string, make: (body: string) => Buffer): Poison {
    const one = good()
    return { name, wire: make(envelope([one.json])), status: 200, items: ['stored'], ids: [one.id] }
  }
  const refused = (name: string, make: (body: string) => Buffer, status: number): Poison => ({
    name,
    wire: make(envelope([good().json])),
    status,
  })
  const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`

  return [
    answers('NUL in an answer', '"why":"a\\u0000b"', 'forbidden_character'),
    answers('half of a surrogate pair in an answer', '"why":"\\ud800"', 'forbidden_character'),
    answers('surrogates the wrong way round', '"why":"\\udc00\\ud800"', 'forbidden_character'),
    changed('NUL in a name', '"context":{"attributes":{"a\\u0000":1}}', 'forbidden_character'),
    changed('NUL where nothing is kept', '"nothing":"\\u0000"', 'forbidden_character'),
    answers('an answer 20,000 deep', `"nps":${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'invalid_answer'),
    answers(
      'an answer 9,000 deep, of objects',
      `"nps":${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`,
      'invalid_answer',
    ),
    answers(
      'depth with an escape',
      `"nps":${'['.repeat(20_000)}"\\u0041"${']'.repeat(20_000)}`,
      'forbidden_character',
    ),
    changed(
      'a context 20,000 deep',
      `"context":{"attributes":{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`,
      'stored',
    ),
    item('an item that is only depth', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'invalid_item'),
    answers('a name twice', '"nps":3,"nps":4', 'stored'),
    answers('a name twice, the second time wrong', '"nps":3,"nps":"4"', 'invalid_answer'),
    answers('a number beyond measure', '"nps":1e400', 'invalid_item'),
    answers('a number below zero by nothing', '"nps":-0', 'stored'),
    answers('a number that is nearly none', '"nps":1e-400', 'stored'),
    changed('an endless age', '"ageMs":1e400', 'invalid_item'),
    changed('a very negative age', '"ageMs":-1.7976931348623157e308', 'stored'),
    changed('a sequence beyond measure', '"seq":1e400', 'invalid_item'),
    changed('a version beyond PostgreSQL', '"version":2147483648', 'invalid_item'),
    changed(
      'endless numbers in a context',
      '"context":{"viewport":[1e400,1],"visits":1e400,"waitedMs":-1e400,"cart":{"value":1e400}}',
      'stored',
    ),
    changed('endless spans', '"timing":{"shownMs":1e400}', 'invalid_item'),
    answers('a text of 60 KiB', `"why":"${'x'.repeat(60_000)}"`, 'invalid_answer'),
    changed('an id of 60 KiB', `"id":"${'x'.repeat(60_000)}"`, 'invalid_item'),
    changed('a visitor of 60 KiB', `"visitor":"${'x'.repeat(60_000)}"`, 'invalid_item'),
    changed('an address of 60 KiB', `"context":{"url":"https://a.example/${'x'.repeat(60_000)}"}`, 'stored'),
    changed(
      'a thousand members',
      `"context":{"attributes":{${Array.from({ length: 1000 }, (_, n) => `"k${n}":${n}`).join()}}}`,
      'stored',
    ),
    changed('an id in capitals', `"id":"${newResponseId().toUpperCase()}"`, 'invalid_item'),
    changed('the id of nothing', '"id":"00000000-0000-0000-0000-000000000000"', 'invalid_item'),
    changed('a survey made of SQL', `"surveyId":"srv_' or true --"`, 'unknown_survey'),
    changed('a survey of the name of a method', '"surveyId":"toString"', 'unknown_survey'),
    changed('a version that nobody published', '"version":2147483647', 'unknown_version'),
    answers('an answer to a method', '"toString":1', 'unknown_question'),
    changed(
      'a constructor among the attributes',
      '"context":{"attributes":{"constructor":"x","toString":"y"}}',
      'stored',
    ),
    answers(
      'a poisoned prototype as a text',
      '"why":"{\\"__proto__\\":{\\"a\\":1},\\"constructor\\":{\\"prototype\\":1}}"',
      'stored',
    ),
    item('nothing', 'null', 'invalid_item'),
    item('a number', '1e400', 'invalid_item'),
    item('a loss of nothing', '{"type":"loss","reason":"quota","count":1e400}', 'invalid_item'),
    item(
      'a display of no state',
      `{"type":"display","id":"${newResponseId()}","surveyId":"${survey.id}","version":1,"state":"__proto__"}`,
      'invalid_item',
    ),
    whole('a poisoned prototype', envelope(['{"__proto__":{"type":"response"}}']), 400),
    whole(
      'a poisoned prototype, spelt with an escape',
      envelope(['{"\\u005f_proto__":{"type":"response"}}']),
      400,
    ),
    whole('a poisoned constructor', envelope(['{"constructor":{"prototype":{"isAdmin":true}}}']), 400),
    whole('no items', envelope([]), 400),
    whole('too many items', envelope(Array(maxItems + 1).fill('{}')), 400),
    whole('a body that is only depth', '['.repeat(60_000), 400),
    whole('a body 20,000 deep', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 400),
    whole('NUL for a body', '\u0000', 400),
    whole('an SDK of 60 KiB', `{"sdk":"${'x'.repeat(60_000)}","items":[{}]}`, 400),
    whole('another encoding', Buffer.from(envelope([good().json]), 'utf16le'), 400, {
      'content-type': 'text/plain; charset=utf-16le',
    }),
    whole('a packed body', gzipSync(envelope([good().json])), 400, { 'content-encoding': 'gzip' }),
    whole('a body of one byte too much', 'x'.repeat(65_537), 413),
    whole('a form', 'a=b', 415, { 'content-type': 'application/x-www-form-urlencoded' }),
    whole('two types in one', envelope([good().json]), 415, {
      'content-type': 'application/xml, text/plain',
    }),
    whole('a type that begins like one of ours', envelope([good().json]), 415, {
      'content-type': 'text/plainer',
    }),
    whole('a type without a subtype', envelope([good().json]), 415, { 'content-type': 'text' }),
    taken('a type in capitals with a charset', (body) =>
      post(body, { 'content-type': 'TEXT/PLAIN;CHARSET="x";a=b' }),
    ),
    taken('bytes that are no UTF-8', (body) =>
      post(
        Buffer.concat([
          Buffer.from(`${body.slice(0, -1)},"x":"`),
          Buffer.from([0xff, 0xed, 0xa0, 0x80, 0xc0, 0x80]),
          Buffer.from('"}'),
        ]),
      ),
    ),
    taken('a type twice', (body) =>
      Buffer.from(
        `${head({ 'content-type': 'text/plain', 'content-length': String(Buffer.byteLength(body)) }).slice(0, -2)}content-type: application/xml\r\n\r\n${body}`,
      ),
    ),
    taken('a body in chunks', (body) =>
      Buffer.from(
        `${head({ 'content-type': 'text/plain', 'transfer-encoding': 'chunked' })}${chunk(body.slice(0, 7))}${chunk(body.slice(7))}0\r\n\r\n`,
      ),
    ),
    taken('a request and rubbish behind it', (body) =>
      Buffer.concat([post(body), Buffer.from('\r\n\x00\xff rubbish\r\n\r\n', 'latin1')]),
    ),
    refused(
      'chunks and a length',
      (body) =>
        Buffer.from(
          `${head({ 'content-type': 'text/plain', 'content-length': '4', 'transfer-encoding': 'chunked' })}${chunk(body)}0\r\n\r\n`,
        ),
      400,
    ),
    refused(
      'two lengths',
      (body) =>
        Buffer.from(
          `${head({ 'content-type': 'text/plain', 'content-length': String(Buffer.byteLength(body)) }).slice(0, -2)}content-length: 3\r\n\r\n${body}`,
        ),
      400,
    ),
    refused(
      'chunks of a made-up size',
      (body) =>
        Buffer.from(
          `${head({ 'content-type': 'text/plain', 'transfer-encoding': 'chunked' })}zz\r\n${body}\r\n0\r\n\r\n`,
        ),
      400,
    ),
    refused(
      'an encoding that is hardly chunked',
      (body) =>
        Buffer.from(
          `${head({ 'content-type': 'text/plain', 'transfer-encoding': 'xchunked' })}${chunk(body)}0\r\n\r\n`,
        ),
      400,
    ),
    refused(
      'a space before the colon',
      (body) =>
        Buffer.from(
          `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-length : ${body.length}\r\n\r\n${body}`,
        ),
      400,
    ),
    refused(
      'a bare line feed in a header',
      (body) =>
        Buffer.from(
          `POST ${path} HTTP/1.1\r\nhost: ${host}\r\nx: a\nb: c\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
        ),
      400,
    ),
    refused(
      'no host',
      (body) => Buffer.from(`POST ${path} HTTP/1.1\r\ncontent-length: ${body.length}\r\n\r\n${body}`),
      400,
    ),
    {
      ...refused(
        'a body that is shorter than it says',
        (body) => post(body, { 'content-length': '60000' }),
        400,
      ),
      isCut: true,
    },
    refused('a body that is longer than it says', (body) => post(body, { 'content-length': '20' }), 400),
    { ...refused('a body cut in the middle', (body) => post(body).subarray(0, -100), 400), isCut: true },
  ]
}
