import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalizeUrl, urlAllowed } from '../src/index.ts'

const fits = (pattern: string, href: string) => urlAllowed({ include: [pattern] }, href)

describe('URL rules', () => {
  it('mean every page when there are none', () => {
    expect(urlAllowed(undefined, 'https://shop.example/')).toBe(true)
    expect(urlAllowed({}, 'https://shop.example/')).toBe(true)
    expect(urlAllowed({ include: [], exclude: [] }, 'https://shop.example/')).toBe(true)
  })

  it('mean a page that some include pattern fits and no exclude pattern does', () => {
    const rules = { include: ['*/checkout/*', '*/cart'], exclude: ['*/checkout/pay*'] }
    expect(urlAllowed(rules, 'https://shop.example/checkout/address')).toBe(true)
    expect(urlAllowed(rules, 'https://shop.example/ko/cart')).toBe(true)
    expect(urlAllowed(rules, 'https://shop.example/checkout/payment')).toBe(false)
    expect(urlAllowed(rules, 'https://shop.example/about')).toBe(false)
  })

  it('leave out what is excluded when nothing is included by name', () => {
    expect(urlAllowed({ exclude: ['*/pay*'] }, 'https://shop.example/payment')).toBe(false)
    expect(urlAllowed({ exclude: ['*/pay*'] }, 'https://shop.example/cart')).toBe(true)
  })

  it.each([
    ['https://shop.example', 'https://shop.example/', true],
    ['https://shop.example/', 'https://shop.example/?utm_source=mail#top', true],
    ['https://shop.example/', 'https://shop.example/cart', false],
    ['https://shop.example/cart', 'https://shop.example/cart/', true],
    ['https://shop.example/cart/', 'https://shop.example/cart', true],
    ['*/Cart', 'https://shop.example/cART', true],
    ['*/checkout/*', 'https://shop.example/checkout', true],
    ['*/checkout/*', 'https://shop.example/checkout-guide', false],
    ['/cart', 'https://shop.example/cart', true],
    ['/cart', 'https://shop.example/ko/cart', false],
    ['/', 'https://shop.example/', true],
    ['/', 'https://shop.example/cart', false],
    ['/products/*', 'http://localhost:8080/products/mug', true],
    ['https://*.shop.example/*', 'https://kr.shop.example/cart', true],
    ['https://*.shop.example/*', 'https://shop.example/cart', false],
    ['*/상품/*', 'https://shop.example/%EC%83%81%ED%92%88/1', true],
    ['*/%EC%83%81%ED%92%88/*', 'https://shop.example/상품/1', true],
    ['*.html', 'https://shop.example/about.html', true],
  ])('compare %s with %s and say %s', (pattern, href, expected) => {
    expect(fits(pattern, href)).toBe(expected)
  })

  it('look at a query parameter only where the pattern names it, in any order', () => {
    expect(fits('*/list?sort=price', 'https://shop.example/list?page=2&sort=price&gclid=1')).toBe(true)
    expect(fits('*/list?sort=price&page=*', 'https://shop.example/list?page=2&sort=price')).toBe(true)
    expect(fits('*/list?sort=price', 'https://shop.example/list?sort=name')).toBe(false)
    expect(fits('*/list?sort=price', 'https://shop.example/list')).toBe(false)
    expect(fits('*/list', 'https://shop.example/list?sort=price')).toBe(true)
    expect(fits('*?q=한국*', 'https://shop.example/search?q=%ED%95%9C%EA%B5%AD%20tea')).toBe(true)
  })

  it('do not take a wildcard in the path for leave to read the query', () => {
    expect(fits('*/list*sort=price', 'https://shop.example/list?sort=price')).toBe(false)
    expect(urlAllowed({ exclude: ['*secret*'] }, 'https://shop.example/?next=secret')).toBe(true)
  })

  it.each(['', 'about:blank', '%', 'https://shop.example/%E0%A4', 'a'.repeat(100_000), '/'.repeat(100_000)])(
    'survive an address that is none: %.20s',
    (href) => {
      expect(fits('*', href)).toBe(true)
      expect(fits('https://shop.example/cart', href)).toBe(false)
    },
  )

  it('decide alike with and without tracking parameters, a hash, other case or a trailing slash', () => {
    const tracking = fc.constantFrom(
      ...[
        'utm_source',
        'utm_medium',
        'utm_campaign',
        'utm_id',
        'gclid',
        'gbraid',
        'wbraid',
        'dclid',
        'fbclid',
      ],
      ...[
        'msclkid',
        'ttclid',
        'twclid',
        'igshid',
        'mc_cid',
        'mc_eid',
        '_ga',
        '_gl',
        'srsltid',
        'yclid',
        'n_media',
      ],
    )
    const noise = fc.array(fc.tuple(tracking, fc.string({ maxLength: 5 })), { maxLength: 4 })
    const path = fc.constantFrom('', '/cart', '/checkout/pay', '/list?sort=price', '/ko/checkout', '/list')
    const rules = fc.record({
      include: fc.subarray(['*/cart', '*/checkout/*', '/list?sort=price', 'https://shop.example/', '*']),
      exclude: fc.subarray(['*/pay', '/ko*']),
    })
    fc.assert(
      fc.property(rules, path, noise, fc.boolean(), fc.boolean(), (given, where, extra, slash, upper) => {
        const plain = `https://shop.example${where}`
        const [address = '', query] = plain.split('?')
        const parameters = [...extra.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)]
        if (query) parameters.splice(parameters.length >> 1, 0, query)
        const base = (upper ? address.toUpperCase() : address) + (slash ? '/' : '')
        const noisy = `${base}${parameters.length ? '?' : ''}${parameters.join('&')}#/cart?sort=price`
        expect(urlAllowed(given, noisy)).toBe(urlAllowed(given, plain))
      }),
    )
  })
})

describe('the address that rules see', () => {
  it('is origin and path, readable, in lower case', () => {
    expect(normalizeUrl('https://Shop.Example/KO/%EC%83%81%ED%92%88/?utm_source=mail#reviews')).toBe(
      'https://shop.example/ko/상품',
    )
  })

  it('stays as it is when seen twice', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (href) => {
        const once = normalizeUrl(href).replaceAll('%25', '')
        fc.pre(!once.endsWith('/') && !/[%?#]/.test(once))
        expect(normalizeUrl(once)).toBe(once)
      }),
    )
  })
})
