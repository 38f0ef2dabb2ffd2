import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countryOfHeader, countryOfTimeZone } from '../src/ingest/country.ts'
import { findForbiddenCharacter, mayHoldForbiddenCharacters } from '../src/ingest/forbidden-characters.ts'
import { reduceContext } from '../src/ingest/reduce-context.ts'
import { pageOf, reduceUrl } from '../src/ingest/reduce-url.ts'

const nothingMore = { queryKeys: [] }

describe('the context of an answer', () => {
  test('whatever a page sets, it stays small, known and storable', () => {
    const member = fc.oneof(
      fc.string({ maxLength: 600 }),
      fc.jsonValue({ maxDepth: 6 }),
      fc.constant('x'.repeat(5000)),
    )
    const keys = [
      'url',
      'referrer',
      'device',
      'viewport',
      'timeZone',
      'trigger',
      'title',
      'language',
      'referrerClass',
      'campaign',
      'visits',
      'pages',
      'waitedMs',
      'exitSign',
      'event',
      'product',
      'cart',
      'order',
      'page',
      'attributes',
      'variant',
      'ip',
      'userAgent',
    ]
    const context = fc.dictionary(
      fc.constantFrom(...keys),
      fc.oneof(member, fc.dictionary(fc.string(), member, { maxKeys: 80 })),
    )
    fc.assert(
      fc.property(context, (given) => {
        const reduced = reduceContext(given, { queryKeys: [], collect: ['title', 'campaign'] })
        expect(Buffer.byteLength(JSON.stringify(reduced))).toBeLessThan(20_000)
        expect(Object.keys(reduced)).not.toContain('ip')
        expect(Object.keys(reduced)).not.toContain('userAgent')
        expect(Object.keys(reduced.attributes ?? {}).length).toBeLessThanOrEqual(50)
      }),
    )
  })

  test('has title and campaign only where the project collects them, whatever a page sends', () => {
    const given = {
      title: 'Cart',
      campaign: { source: 'news', medium: '', term: 'x'.repeat(201), gclid: 'a', id: 5 },
    }
    expect(reduceContext(given, nothingMore)).toEqual({})
    expect(reduceContext(given, { queryKeys: [], collect: ['title'] })).toEqual({ title: 'Cart' })
    expect(reduceContext(given, { queryKeys: [], collect: ['campaign'] })).toEqual({
      campaign: { source: 'news' },
    })
  })

  test('tells language, counts, wait and by what an exit was noticed, each in its type', () => {
    const given = {
      language: 'ko-KR',
      referrerClass: 'search',
      visits: 3,
      pages: 7,
      waitedMs: 1200.6,
      exitSign: 'scroll',
    }
    expect(reduceContext(given, nothingMore)).toEqual({ ...given, waitedMs: 1201 })
    const odd = {
      language: 'x'.repeat(36),
      referrerClass: 'email',
      visits: 1.5,
      pages: -1,
      waitedMs: 1e12,
      exitSign: 'maybe',
    }
    expect(reduceContext(odd, nothingMore)).toEqual({})
  })

  test('keeps scalars among attributes and drops the rest', () => {
    const attributes = {
      plan: 'pro',
      orders: 3,
      vip: true,
      none: null,
      list: ['a'],
      nested: { a: 1 },
      big: 'x'.repeat(501),
      inf: Number.POSITIVE_INFINITY,
    }
    expect(reduceContext({ attributes }, nothingMore).attributes).toEqual({
      plan: 'pro',
      orders: 3,
      vip: true,
      none: null,
    })
  })

  test('keeps at most 50 attributes and 16 kB in all', () => {
    const attributes = Object.fromEntries(Array.from({ length: 80 }, (_, n) => [`a${n}`, 'x'.repeat(480)]))
    const reduced = reduceContext({ attributes, cart: attributes }, nothingMore)
    expect(Object.keys(reduced.cart ?? {}).length).toBeLessThan(50)
    expect(Buffer.byteLength(JSON.stringify(reduced))).toBeLessThanOrEqual(16_384)
  })

  test('keeps the words and properties of an event', () => {
    const event = {
      name: 'purchase',
      value: 12,
      itemIds: ['a', 'b', 3],
      nested: { a: 1 },
      note: null,
      plan: 'pro',
    }
    expect(reduceContext({ event }, nothingMore).event).toEqual({
      name: 'purchase',
      value: 12,
      itemIds: ['a', 'b'],
      plan: 'pro',
    })
    expect(reduceContext({ event: { value: 1 } }, nothingMore).event).toBeUndefined()
  })
})

describe('an address', () => {
  test.each([
    ['https://shop.example/a/b', 'https://shop.example/a/b'],
    ['https://shop.example', 'https://shop.example'],
    ['https://shop.example/a?email=a@b.c&lang=ko&utm=x#top', 'https://shop.example/a?lang=ko'],
    ['https://user:pass@shop.example/a', 'https://shop.example/a'],
    ['https://shop.example/a#access_token=1', 'https://shop.example/a'],
    ['http://localhost:3000/카트', 'http://localhost:3000/카트'],
    ['file:///etc/passwd', undefined],
    ['javascript:alert(1)', undefined],
    ['not an address', undefined],
    ['', undefined],
    [`https://shop.example/${'x'.repeat(2000)}`, undefined],
  ])('%s is kept as %s', (url, kept) => {
    expect(reduceUrl(url, ['lang'])).toBe(kept)
  })

  test('a page column never cuts a character in half', () => {
    const page = pageOf(`https://shop.example/${'x'.repeat(1002)}😀😀`)
    expect(page).toHaveLength(1024)
    expect(findForbiddenCharacter(page)).toBeUndefined()
  })
})

describe('characters that PostgreSQL cannot store', () => {
  const bad = fc.constantFrom('\u0000', '\ud83d', '\udc00', 'a\ud83d', '\udc00b')

  test('are found wherever they are', () => {
    const path = fc.array(fc.oneof(fc.constantFrom('a', 'b', 'constructor'), fc.nat({ max: 3 })), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(path, bad, fc.boolean(), (steps, character, asKey) => {
        const leaf: unknown = asKey ? { [character]: 1 } : character
        const value = steps.reduceRight<unknown>(
          (inner, step) =>
            typeof step === 'number'
              ? [...Array<string>(step).fill('fine'), inner]
              : { x: 'fine 😀', [step]: inner },
          leaf,
        )
        expect(findForbiddenCharacter(value)).toBe(
          asKey ? `a member name of ${steps.join('.')}` : steps.join('.'),
        )
        expect(mayHoldForbiddenCharacters(JSON.stringify(value))).toBe(true)
      }),
    )
  })

  test('are not seen where there are none', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value)
        const has = /\\u0000|\\ud[89a-f]/.test(text)
        expect(findForbiddenCharacter(value) !== undefined).toBe(has)
      }),
    )
  })

  test('a body nested 30,000 deep is refused, not a crash', () => {
    const deep = JSON.parse('['.repeat(30_000) + ']'.repeat(30_000))
    expect(findForbiddenCharacter(deep)).toBeDefined()
  })
})

describe('the country of a time zone', () => {
  test.each([
    ['Asia/Seoul', 'KR'],
    ['Asia/Tokyo', 'JP'],
    ['Asia/Shanghai', 'CN'],
    ['America/New_York', 'US'],
    ['Europe/Berlin', 'DE'],
    ['Asia/Kolkata', 'IN'],
    ['Asia/Calcutta', 'IN'],
    ['Europe/Kyiv', 'UA'],
    ['Asia/Ho_Chi_Minh', 'VN'],
    ['US/Eastern', 'US'],
    ['UTC', null],
    ['Etc/GMT+3', null],
    ['Mars/Base', null],
    ['', null],
    [undefined, null],
  ])('%s is %s', (zone, country) => {
    expect(countryOfTimeZone(zone)).toBe(country)
  })

  test('made-up zones do not fill the memory', () => {
    for (let n = 0; n < 5000; n += 1) expect(countryOfTimeZone(`Mars/${n}`)).toBeNull()
    expect(countryOfTimeZone('Asia/Seoul')).toBe('KR')
  })

  test.each([
    ['KR', 'KR'],
    ['de', 'DE'],
    ['XX', null],
    ['T1', null],
    ['KOR', null],
    ['', null],
    [['KR', 'JP'], null],
    [undefined, null],
  ])('a header that says %j means %s', (header, country) => {
    expect(countryOfHeader(header)).toBe(country)
  })
})
