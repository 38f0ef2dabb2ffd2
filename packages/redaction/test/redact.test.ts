import { createHmac } from 'node:crypto'
import { redactionKinds } from '@heed/contract'
import { createRedactor } from '@heed/redaction'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const everything =
  'jane@x.org, 4111 1111 1111 1111, DE89370400440532013000, 010-1234-5678, 880101-1234568, AKIAIOSFODNN7EXAMPLE'

describe('a policy', () => {
  test('masks what it does not name', () => {
    expect(createRedactor()(everything)).toBe('[email], [card], [iban], [phone], [id], [token]')
  })

  test.each(redactionKinds)('keeps %s alone where it says so', (kind) => {
    const redacted = createRedactor({ [kind]: 'keep' })(everything)
    expect(redacted).not.toContain(`[${kind}]`)
    expect(redacted.match(/\[\w+\]/g)).toHaveLength(redactionKinds.length - 1)
  })

  test('gives equal values the same stand-in, however they are written', () => {
    const redact = createRedactor({ email: 'hash', phone: 'hash', card: 'hash' }, (kind, value) =>
      createHmac('sha256', 'key').update(`${kind} ${value}`).digest('hex').slice(0, 12),
    )
    const [mail, sameMail, otherMail] = redact('Kim@Naver.com kim@naver.com lee@naver.com').split(' ')
    expect(mail).toMatch(/^\[email:[0-9a-f]{12}\]$/)
    expect(sameMail).toBe(mail)
    expect(otherMail).not.toBe(mail)
    const phones = redact('010-1234-5678,+82 10 1234 5678,０１０１２３４５６７８,+82 (0)10-1234-5678').split(
      ',',
    )
    expect(new Set(phones).size).toBe(1)
    expect(redact('4111-1111-1111-1111')).toBe(redact('4111111111111111'))
  })

  test('masks instead of hashing where there is no key', () => {
    expect(createRedactor({ email: 'hash' })('a@b.co')).toBe('[email]')
  })
})

describe('any text', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.stringMatching(/^[0-9 ().+-]{0,30}$/),
    fc.stringMatching(/^[A-Za-z0-9@._%+/=-]{0,60}$/),
    fc.constantFrom(
      'a@b.co',
      '010-1234-5678',
      '4111 1111 1111 1111',
      '전화',
      '電話',
      ' ',
      '\ud800',
      '٠٥٠١٢٣٤٥٦٧',
    ),
  )
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
  const redact = createRedactor()

  test('has nothing left to redact afterwards', () => {
    fc.assert(
      fc.property(text, (given) => {
        const once = redact(given)
        expect(redact(once)).toBe(once)
      }),
    )
  })

  test('loses only what became a mask', () => {
    fc.assert(
      fc.property(text, (given) => {
        let place = 0
        for (const kept of redact(given).split(/\[(?:email|card|iban|phone|id|token)\]/)) {
          const found = given.indexOf(kept, place)
          expect(found).toBeGreaterThanOrEqual(place)
          place = found + kept.length
        }
      }),
    )
  })
})

describe('hostile texts of 60 KiB', () => {
  const size = 60 * 1024
  const redact = createRedactor()
  const hostile: Record<string, string> = {
    digits: '4',
    'digits and spaces': '4 ',
    'groups of four': '4111 ',
    'groups of two': '41 11-',
    'card after card': '4111 1111 1111 1111 ',
    'phone after phone': '010-1234-5678 ',
    'order after order': '주문번호 01012345678 ',
    'letters of a name': 'a',
    'names of addresses': 'a@',
    'dots of a domain': 'a@a.',
    'addresses in a row': 'aaaaaaaaaa@bbbbbbbb.cc,',
    'percent signs': '%40',
    'plus signs': '+1(',
    'JWTs without end': 'eyJ.',
    base64: 'aZ0/',
    'accounts that are none': 'DE89 3704 ',
    'short words': 'bearer a1 ',
    labels: 'order number is is is ',
    'full-width digits': '４１',
    'invisible characters': '1\u200b',
    dates: '2024-05-01 ',
  }

  /** Milliseconds of each work, in turn; the shortest of several runs, the others were disturbed. */
  function timesOf(...works: (() => void)[]): number[] {
    const shortest = works.map(() => Number.POSITIVE_INFINITY)
    for (let run = 0; run < 7; run++) {
      for (const [index, work] of works.entries()) {
        const startedMs = performance.now()
        work()
        shortest[index] = Math.min(shortest[index] ?? 0, performance.now() - startedMs)
      }
    }
    return shortest
  }

  test.each(Object.entries(hostile))('%s take no longer than their length', (_name, unit) => {
    const long = unit.repeat(Math.ceil(size / unit.length))
    const parts = Array.from({ length: 16 }, (_, part) =>
      long.slice((part * size) / 16, ((part + 1) * size) / 16),
    )
    const [whole = 0, inParts = 0, plainPasses = 0] = timesOf(
      () => redact(long),
      () => {
        for (const part of parts) redact(part)
      },
      () => {
        let sum = 0
        for (let pass = 0; pass < 20; pass++) {
          for (let index = 0; index < long.length; index++) sum += long.charCodeAt(index)
        }
        expect(sum).toBeGreaterThan(0)
      },
    )
    // Work that grows with the square of the length takes 16 times as long in one piece.
    expect(whole).toBeLessThan(inParts * 4 + 0.5)
    expect(whole).toBeLessThan(plainPasses * 40)
  })
})
