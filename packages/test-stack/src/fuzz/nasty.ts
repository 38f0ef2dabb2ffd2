import fc, { type Arbitrary } from 'fast-check'
import { Members, Raw } from './wire-json.ts'

const nest = (open: string, close: string, depth: number, inside = '') =>
  new Raw(open.repeat(depth) + inside + close.repeat(depth))

/** Names that mean something to a language or a database rather than to a survey. */
const oddNames = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  '',
  '0',
  'a.b',
  '$ne',
]

/** JSON values that a body may hold and a schema hardly expects. */
export const nastyValue: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[
      null,
      true,
      false,
      '',
      ' ',
      [],
      {},
      0,
      -1,
      0.5,
      1e21,
      2 ** 31,
      2 ** 53,
      'null',
      '0',
      '[object Object]',
    ],
    ...['1e400', '-1e400', '-0', '1E-400', '123456789012345678901234567890', '0.1e1'].map(
      (text) => new Raw(text),
    ),
    ...['"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"\\udc00\\ud800"', '"\\ud83d"'].map(
      (text) => new Raw(text),
    ),
    ...[
      '\u202e',
      '\uffff',
      '\ufeff',
      'e\u0301'.repeat(500),
      '👩‍👩‍👧‍👦'.repeat(100),
      'ﷺ'.repeat(400),
      '\u0085\u2028',
    ],
    ...[
      "'; drop table responses; --",
      '%',
      '_',
      '\\',
      '{{7*7}}',
      '<script>',
      '../../etc/passwd',
      'a\r\nset-cookie: x=1',
    ],
    ...[
      '+275760-09-13T00:00:00Z',
      '-271821-04-20T00:00:00Z',
      '9999-12-31T23:59:59.999999999Z',
      '2026-02-30T00:00:00Z',
    ],
    ...['0000-01-01T00:00:00Z', '2026-01-01T00:00:00+99:99', '2026-01-01T23:59:60Z', '2026-01-01 00:00:00'],
    ...oddNames,
    new Raw('{"__proto__":{"isAdmin":true}}'),
    new Raw('{"constructor":{"prototype":{"isAdmin":true}}}'),
    new Members([
      ['a', 1],
      ['a', 'again'],
    ]),
    nest('[', ']', 40),
    nest('{"a":', '}', 40, '1'),
    nest('{"$not":', '}', 60, '{}'),
    nest('{"$and":[', ']}', 60, '{}'),
    Array(300).fill(0),
    Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`key${index}`, index])),
  ),
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  // Rarer, being slow to write and to read.
  fc.constantFrom<unknown>(
    nest('[', ']', 20_000),
    nest('{"a":', '}', 20_000, '1'),
    'x'.repeat(61_440),
    '가'.repeat(20_000),
    Array(5_000).fill('x'),
  ),
)

/** The value with one of its members, somewhere, replaced, removed, added or written twice. */
export function spoiled(value: Arbitrary<unknown>): Arbitrary<unknown> {
  const change = fc.constantFrom('replace', 'replace', 'remove', 'add', 'rename', 'twice')
  return fc
    .tuple(value, fc.nat(), change, nastyValue, fc.constantFrom(...oddNames, 'extra'))
    .map(([given, index, how, nasty, name]) => {
      const places = placesIn(given)
      const place = places[index % (places.length + 1)]
      return place ? spoil(given, place, how, nasty, name) : nasty
    })
}

function placesIn(value: unknown, place: string[] = []): string[][] {
  if (!isContainer(value)) return []
  return Object.keys(value).flatMap((key) => {
    const here = [...place, key]
    return [here, ...placesIn((value as Record<string, unknown>)[key], here)]
  })
}

function spoil(
  value: unknown,
  [key = '', ...rest]: string[],
  how: string,
  nasty: unknown,
  name: string,
): unknown {
  const entries = Object.entries(value as object) as [string, unknown][]
  const changed = entries.flatMap(([one, member]): [string, unknown][] => {
    if (one !== key) return [[one, member]]
    if (rest.length > 0) return [[one, spoil(member, rest, how, nasty, name)]]
    if (how === 'remove') return []
    if (how === 'rename') return [[name, member]]
    if (how === 'add')
      return [
        [one, member],
        [name, nasty],
      ]
    return how === 'twice'
      ? [
          [one, member],
          [one, nasty],
        ]
      : [[one, nasty]]
  })
  return Array.isArray(value) ? changed.map(([, element]) => element) : new Members(changed)
}

const isContainer = (value: unknown): value is object =>
  Array.isArray(value) ||
  (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)

/** Bodies that are no JSON, or hardly. */
export const nastyBody: Arbitrary<Buffer> = fc.oneof(
  fc
    .constantFrom(
      ...[
        '',
        '{',
        '[]',
        'null',
        '1',
        '"text"',
        '{}',
        '{"a":1,}',
        "{'a':1}",
        'NaN',
        '[1e400]',
        '\u0000',
        '\ufeff{}',
        '{}{}',
      ],
      ...[
        '{"__proto__":{}}',
        '{"a":"\u0001"}',
        `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
        ' '.repeat(60_000),
      ],
    )
    .map((text) => Buffer.from(text)),
  fc.constantFrom(
    Buffer.from([0xff, 0xfe, 0x7b, 0x00]),
    Buffer.from([0x7b, 0xc0, 0x80, 0x7d]),
    Buffer.from('"\xed\xa0\x80"', 'latin1'),
  ),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.constant(Buffer.alloc(1_200_000, 'x')),
)

/** What stands in place of a path parameter or a query value, already encoded. */
export const nastyText: Arbitrary<Raw> = fc
  .oneof(
    fc.constantFrom(
      ...[
        '%00',
        '%ff',
        '%C0%80',
        '%ED%A0%80',
        '%zz',
        '%',
        '%2',
        '%25',
        '%2525',
        '%2e%2e',
        '%2F',
        '%5C',
        '..',
        '.',
        '*',
      ],
      ...[
        '%2e%2e%2f%2e%2e%2fetc',
        ';',
        ':',
        '@',
        '!',
        '~',
        '+',
        '%20',
        '%0d%0aset-cookie:%20x',
        '%E2%80%AE',
        '',
        '//',
      ],
      ...[
        'x'.repeat(199),
        'x'.repeat(201),
        'x'.repeat(5000),
        '%F0%9F%98%80'.repeat(60),
        '1e400',
        '-1',
        '0',
        '00',
        'NaN',
      ],
      ...[
        '2147483648',
        '9007199254740993',
        '1.5',
        ' ',
        'true',
        'null',
        'undefined',
        '[]',
        '{}',
        'prj_x',
        'srv_x',
        'pk_x',
      ],
      ...oddNames.map(encodeURIComponent),
    ),
    fc.string({ unit: 'binary', maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed())),
  )
  .map((text) => new Raw(text.replace(/[^\u0021-\u00ff]/g, '%20')))
