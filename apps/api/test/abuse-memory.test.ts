import { expect, test } from 'vitest'
import { Bursts } from '../src/abuse/bursts.ts'
import { Generations } from '../src/abuse/generations.ts'
import { RecentTexts } from '../src/abuse/recent-texts.ts'
import { senderKindOf } from '../src/abuse/sender-kind.ts'

const sentence = (n: number) => `a sentence that nobody else says, number ${n}, and long enough for two`

test('texts are remembered in bounded memory, and for an hour', () => {
  const texts = new RecentTexts(1_000)
  for (let n = 0; n < 100_000; n += 1) texts.note('prj_a', `id-${n}`, sentence(n), 0)
  expect(texts.size).toBeLessThanOrEqual(1_000)
  const said = (id: string, atMs: number) =>
    texts.note('prj_a', id, 'the very same long sentence, word for word, said by several', atMs)
  expect([said('1', 0), said('2', 1), said('3', 2)]).toEqual([undefined, undefined, 'long'])
  expect([said('4', 3_600_001), said('5', 3_600_002), said('6', 3_600_003)]).toEqual([
    undefined,
    undefined,
    'long',
  ])
})

test('what one project says is no repetition of another', () => {
  const texts = new RecentTexts()
  const notes = ['prj_a', 'prj_b', 'prj_c'].map((project) => texts.note(project, project, sentence(1), 0))
  expect(notes).toEqual([undefined, undefined, undefined])
})

test('texts are compared by letters and digits of every script', () => {
  const texts = new RecentTexts()
  const note = (id: string, text: string) => texts.note('prj_a', id, text, 0)
  expect([
    note('1', '배송이 정말 빨라서 아주 좋았습니다!'),
    note('2', '배송이  정말 빨라서 아주 좋았습니다'),
    note('3', '배송이 정말 빨라서, 아주 좋았습니다。'),
    note('4', '배송이 정말 느려서 아주 나빴습니다!'),
  ]).toEqual([undefined, undefined, 'short', undefined])
})

test('a network may go on once the minute has passed, whichever survey it is', () => {
  let nowMs = 0
  const bursts = new Bursts(() => nowMs)
  const send = (survey: string, times: number) =>
    Array.from({ length: times }, () => bursts.isBurst('network', survey, crypto.randomUUID())).filter(
      Boolean,
    ).length
  expect(send('srv_1', 25)).toBe(5)
  expect(send('srv_2', 20)).toBe(0)
  nowMs = 60_000
  expect(send('srv_1', 20)).toBe(0)
  expect(bursts.isBurst(undefined, 'srv_1', 'x')).toBe(false)
})

test('what is used is kept while twice as much comes and goes', () => {
  const kept = new Generations<string, number>(100)
  kept.set('used', 1)
  for (let n = 0; n < 1_000; n += 1) {
    kept.set(`${n}`, n)
    if (n % 20 === 0) expect(kept.get('used')).toBe(1)
    expect(kept.size).toBeLessThanOrEqual(100)
  }
  expect(kept.get('0')).toBeUndefined()
})

test('a user agent tells crawlers from programs and from browsers', () => {
  const browsers = [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (Linux; Android 14; SM-S918N) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 KAKAOTALK 10.7.0',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
  ]
  expect(browsers.map(senderKindOf)).toEqual(browsers.map(() => 'browser'))
  const bots = ['Googlebot/2.1', 'Mozilla/5.0 (compatible; bingbot/2.0)', 'AhrefsBot/7.0', 'my-crawler/1.0']
  expect(bots.map(senderKindOf)).toEqual(bots.map(() => 'bot'))
  const programs = [
    '',
    'node',
    'undici',
    'axios/1.7.2',
    'okhttp/4.12.0',
    'Go-http-client/1.1',
    'Java/17.0.2',
    `x${'y'.repeat(9_000)}`,
  ]
  expect(programs.slice(0, -1).map(senderKindOf)).toEqual(programs.slice(0, -1).map(() => 'automated'))
  expect(senderKindOf(programs.at(-1))).toBe('bot')
})
