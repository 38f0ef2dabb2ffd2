import { describe, expect, test } from 'vitest'
import { selectorError } from '../src/publish/selector-error.ts'

describe('a selector', () => {
  test.each([
    '.a > b',
    '#reviews',
    '.\\31 a',
    'a:has(> img)',
    ':is(h1, h2):where(.x)',
    'my-element[data-id="1" i]',
    'li:nth-child(2n + 1 of .on)',
    '.상품',
    '.-a, .--b, ._c',
    '*|a',
    '[id="1"]',
  ])('%s is taken', (selector) => {
    expect(selectorError(selector)).toBeUndefined()
  })

  test.each([
    ['', /empty/],
    ['a[', /is no CSS selector/],
    ['a >', /nothing follows/],
    ['> a', /nothing precedes/],
    ['a:has(b >)', /nothing follows/],
    ['a::before', /"::before", which is no element/],
    ['a:contains(x)', /jQuery/],
    ['ul:has(li:first)', /":first", which jQuery knows/],
    ['#1', /has the name "1"/],
    ['.1a', /has the name "1a"/],
    ['$x', /has the name "\$x"/],
  ])('%s is not, with its reason', (selector, reason) => {
    expect(selectorError(selector)).toMatch(reason)
  })
})
