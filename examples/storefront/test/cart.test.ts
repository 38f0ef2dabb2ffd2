import { expect, it } from 'vitest'
import { goodsValue, readCart, writeCart } from '../src/cart.ts'

it('reads back what it wrote', () => {
  const cart = readCart('moon-cup.2~sejak.1')
  expect(cart.map(({ product, quantity }) => [product.id, quantity])).toEqual([
    ['moon-cup', 2],
    ['sejak', 1],
  ])
  expect(readCart(writeCart(cart))).toEqual(cart)
})

it.each([
  '',
  '~~',
  'moon-cup',
  'moon-cup.0',
  'moon-cup.-3',
  'moon-cup.NaN',
  'constructor.2',
  '<b>.1',
  undefined,
])('takes the cookie %j for an empty cart', (cookie) => expect(readCart(cookie)).toEqual([]))

it('sells at most twenty of a kind and counts a piece that is listed twice once', () => {
  expect(readCart('moon-cup.999~moon-cup.1').map(({ quantity }) => quantity)).toEqual([20])
})

it('has whole prices in each currency', () => {
  const cart = readCart('moon-cup.2~sejak.1')
  expect(goodsValue(cart, 'USD')).toBe(78)
  expect(goodsValue(cart, 'KRW')).toBe(100_000)
})
