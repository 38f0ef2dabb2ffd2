// @vitest-environment happy-dom
import type { QuestionTexts, RedactionPolicy } from '@heed/contract'
import { createRedactor } from '@heed/redaction'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasTrace } from '../../src/core/keeper/has-trace.ts'
import * as redaction from '../../src/entries/redaction.ts'
import { freshBrowser, pass } from './on-page.ts'
import { openPage, responses, surveyRules } from './open-page.ts'

freshBrowser()

const asked: QuestionTexts[] = [
  { key: 'nps', kind: 'nps', text: '' },
  { key: 'why', kind: 'text', text: '' },
  { key: 'reply', kind: 'email', text: '' },
  { key: 'where', kind: 'single', text: '' },
]
const given = {
  nps: 9,
  why: '배송 문의는 010-1234-5678, kim@naver.com 으로',
  reply: 'kim@naver.com',
  where: { other: 'ask 4111 1111 1111 1111' },
}

/** Opens a survey in a new page and answers it there. */
async function answer(
  answers: typeof given | { why: string },
  parts: Record<string, object | undefined> = { redaction },
  policy?: RedactionPolicy,
) {
  const page = await openPage(
    { surveys: [surveyRules('nps')], ...(policy && { redaction: policy }) },
    {
      parts,
      consent: 'granted',
    },
  )
  page.heed.show('nps')
  await pass()
  const saved = page.shown[0]?.host.save(answers, true, {}, undefined, asked)
  return { ...page, saved }
}

test('what tells who somebody is in a free text does not leave the device, what was asked for does', async () => {
  const page = await answer(given)
  await pass()
  expect(responses(page)[0]?.answers).toEqual({
    nps: 9,
    why: '배송 문의는 [phone], [email] 으로',
    reply: 'kim@naver.com',
    where: { other: 'ask [card]' },
  })
})

test('a text with nothing of the kind costs no part', async () => {
  const page = await answer({ why: '배송이 빨라요. Great service since 2024, 10/10!' })
  await pass()
  expect(responses(page)).toHaveLength(1)
  expect(page.parts).not.toContain('redaction')
})

test('a part that cannot be had keeps no answer back: the server redacts whatever comes', async () => {
  const page = await answer(given, { redaction: undefined })
  await pass()
  expect(responses(page)[0]?.answers).toEqual(given)
})

test('an answer whose page goes away before the part is there is sent as it is, once', async () => {
  const page = await answer(given, { redaction: new Promise(() => {}) })
  await pass(1_000)
  expect(responses(page)).toEqual([])
  expect(await page.saved).toBe('kept')
  window.dispatchEvent(new Event('pagehide'))
  await pass()
  expect(responses(page).map(({ answers }) => answers)).toEqual([given])
})

test('kinds that the project keeps, and those that only the server can hash, are left to it', async () => {
  const page = await answer(given, { redaction }, { phone: 'keep', email: 'hash' })
  await pass()
  expect(responses(page)[0]?.answers).toMatchObject({ why: given.why, where: { other: 'ask [card]' } })
})

test('the first look overlooks nothing that the part would take', () => {
  const redact = createRedactor()
  const digits = fc
    .array(fc.constantFrom(...'0123456789０１２٠١٢-– .()+'), { maxLength: 24 })
    .map((all) => all.join(''))
  const piece = fc.oneof(
    digits,
    fc.emailAddress(),
    fc.base64String({ maxLength: 40 }),
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom(' ', '전화 ', 'sk_live_', 'Bearer ', '%40', '＠', '﹫', '\n', '"'),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('')
      expect(hasTrace(JSON.stringify([text])) || redact(text) === text).toBe(true)
    }),
    { numRuns: 5_000 },
  )
})
