import { expect, test } from 'vitest'
import { toPageEvent } from '../../src/core/keeper/page-event.ts'

test.each([
  ['numbers as strings', { value: '129.90' }, { value: 129.9 }],
  ['what is no number is dropped', { value: '1,299.00' }, {}],
  ['an empty value is not zero', { value: '' }, {}],
  ['null is not zero', { value: null }, {}],
  ['zero', { value: 0 }, { value: 0 }],
  ['keys in ecommerce', { ecommerce: { value: 5, currency: 'EUR' } }, { value: 5, currency: 'EUR' }],
  ['ecommerce wins', { value: 1, ecommerce: { value: 5 } }, { value: 5 }],
  ['ecommerce null, as GA4 resets it', { ecommerce: null, currency: 'KRW' }, { currency: 'KRW' }],
  [
    'items',
    {
      items: [
        { item_id: 'a', quantity: '2', item_category: 'Shoes' },
        { id: 7, item_category: 'Shoes' },
        { item_id: 'c', quantity: 0, item_category: 'Hats' },
      ],
    },
    { itemIds: ['a', '7', 'c'], itemCount: 3, categories: ['Shoes', 'Hats'] },
  ],
  [
    'names',
    { transaction_id: 'T1', coupon: 'X', search_term: 'shoe' },
    { transactionId: 'T1', coupon: 'X', searchTerm: 'shoe' },
  ],
  ['everything else is dropped', { email: 'a@b.c', user_data: { phone: '1' }, value: 1 }, { value: 1 }],
])('a pushed event: %s', (_name, properties, expected) => {
  expect(toPageEvent('purchase', properties as Record<string, unknown>)).toEqual({
    name: 'purchase',
    ...expected,
  })
})

test.each([
  ['plain properties', { plan: 'pro', seats: 3, trial: false }, { plan: 'pro', seats: 3, trial: false }],
  ['canonical words', { itemIds: ['a'], value: 5 }, { itemIds: ['a'], value: 5 }],
  [
    'GA4 words',
    { value: '5', items: [{ item_id: 'a' }] },
    { value: 5, itemIds: ['a'], itemCount: 1, categories: [] },
  ],
  ['no objects, no functions', { user: { email: 'a@b.c' }, run: () => {} }, {}],
])('a tracked event keeps %s', (_name, properties, expected) => {
  expect(toPageEvent('x', properties as Record<string, unknown>, true)).toMatchObject({
    name: 'x',
    ...expected,
  })
})

test('the name of an event cannot be replaced by a property', () => {
  expect(toPageEvent('x', { name: 'y' }, true).name).toBe('x')
})
