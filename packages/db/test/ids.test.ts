import { hashSecret, isWellFormedKey, newId, newPublicKey, newSecretKey } from '@heed/db'
import fc from 'fast-check'
import { expect, test } from 'vitest'

test('ids say what they name and do not repeat', () => {
  const ids = new Set(Array.from({ length: 1000 }, () => newId('srv')))
  expect(ids.size).toBe(1000)
  for (const id of ids) expect(id).toMatch(/^srv_[0-9A-Za-z]{12}$/)
})

test('a key is recognised, one with any character changed is not', () => {
  for (const key of [newPublicKey(), newSecretKey()]) {
    expect(isWellFormedKey(key)).toBe(true)
    for (let at = 3; at < key.length; at++) {
      const other = key[at] === 'a' ? 'b' : 'a'
      expect(isWellFormedKey(key.slice(0, at) + other + key.slice(at + 1))).toBe(false)
    }
  }
})

test('no arbitrary text is taken for a key', () => {
  fc.assert(fc.property(fc.string(), (text) => !isWellFormedKey(text) && !isWellFormedKey(`pk_${text}`)))
})

test('the stored form of a secret is its SHA-256', () => {
  expect(hashSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})
