import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Storefront, startStorefront } from '../server.ts'
import { artwork, picturesOf } from '../src/art/gallery.ts'
import { products } from '../src/catalog.ts'
import { languages } from '../src/languages.ts'

const src = 'https://feedback.example.com/pk_test/heed.js'
let shop: Storefront
const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(shop.url + path, { headers, redirect: 'manual' })

beforeAll(async () => {
  shop = await startStorefront({ script: { src } })
})
afterAll(() => shop.close())

const pages = [
  '',
  'shop/',
  'shop/tea/',
  'product/sejak/',
  'cart/',
  'checkout/delivery/',
  'checkout/payment/',
  'order/placed/',
  'order/status/',
]
const cookie = 'cart=moon-cup.2~sejak.1; order=ON48213|standard|moon-cup.1'

describe.each(languages)('in $name', ({ code, tag, dir }) => {
  it.each(pages)('serves /%s with its language, its direction and the one script tag', async (path) => {
    const response = await get(`/${code}/${path}`, { cookie })
    const page = await response.text()
    expect(response.status).toBe(200)
    expect(page).toContain(`<html lang="${tag}" dir="${dir}">`)
    expect(page.split(src)).toHaveLength(2)
    expect(page).toContain(`<script async src="${src}" data-consent="granted"></script>`)
    expect(page).not.toMatch(/undefined|NaN|\[object|\{\w+\}<| style="| onclick="/)
  })
})

it('allows scripts only from itself and the feedback server, and no text as markup', async () => {
  const response = await get('/en/')
  const policy = response.headers.get('content-security-policy') ?? ''
  const [, nonce] = /'nonce-([^']+)'/.exec(policy) ?? []
  expect(policy).toContain(`script-src 'self' 'nonce-${nonce}' https://feedback.example.com;`)
  expect(policy).toContain("connect-src 'self' https://feedback.example.com;")
  expect(policy).toContain("require-trusted-types-for 'script'; trusted-types 'none'")
  expect(await response.text()).toContain(`<script nonce="${nonce}">`)
})

it('sends the headers a test asks for instead of its own', async () => {
  const strict = await startStorefront({ extraHeaders: { 'content-security-policy': "default-src 'self'" } })
  const response = await fetch(`${strict.url}/en/`)
  expect(response.headers.get('content-security-policy')).toBe("default-src 'self'")
  expect(await response.text()).not.toContain('<script async')
  await strict.close()
  await strict.close()
})

it('tells the feedback script about a visitor who declined', async () => {
  expect(await (await get('/en/', { cookie: 'consent=denied' })).text()).toContain('data-consent="denied"')
})

it('greets a visitor in a language of the browser, in English when it speaks none', async () => {
  expect((await get('/', { 'accept-language': 'fr, ko-KR;q=0.8' })).headers.get('location')).toBe('/ko/')
  expect((await get('/', { 'accept-language': 'fi' })).headers.get('location')).toBe('/en/')
})

it('answers 404 to what it does not have', async () => {
  for (const path of [
    '/xx/',
    '/en/product/nothing/',
    '/en/shop/constructor/',
    '/art/constructor.svg',
    '/art/../server.ts',
    '/en/a/b/c/',
  ])
    expect((await get(path)).status, path).toBe(404)
})

it('leads an empty cart out of the checkout', async () => {
  expect((await get('/en/checkout/payment/')).headers.get('location')).toBe('/en/cart/')
})

it('draws every picture of every product', () => {
  for (const product of products) {
    expect(picturesOf(product).length).toBeGreaterThanOrEqual(2)
    for (const name of picturesOf(product)) expect(artwork(name), name).toMatch(/^<svg.*<\/svg>$/s)
  }
})
