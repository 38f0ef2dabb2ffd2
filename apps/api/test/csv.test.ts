import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csvLine } from '../src/content/csv.ts'
import { response, startApi, type TestApi } from './support/start-api.ts'

/** RFC 4180, as a spreadsheet reads it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    expect(text[at]).toBe('"')
    let cell = ''
    at += 1
    while (!(text[at] === '"' && text[at + 1] !== '"')) {
      cell += text[at]
      at += text[at] === '"' ? 2 : 1
    }
    row.push(cell)
    at += 1
    if (text[at] === ',') at += 1
    else {
      expect(text.slice(at, at + 2)).toBe('\r\n')
      at += 2
      rows.push(row)
      row = []
    }
  }
  return rows
}

const dangerous = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠')
const words = fc.string({ unit: 'grapheme' })

describe('a cell', () => {
  test('comes back as it was, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(words, { minLength: 1 }), (cells) => {
        const [row = []] = parseCsv(csvLine(cells))
        expect(row.map((cell, index) => (cell === `'${cells[index]}` ? cells[index] : cell))).toEqual(cells)
      }),
    )
  })

  test('never begins as a formula, spaces before it or not', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', ' ', '   ', '\u00a0', '\u3000'),
        dangerous,
        words,
        (space, start, rest) => {
          const [[cell = ''] = []] = parseCsv(csvLine([space + start + rest]))
          expect(cell).toBe(`'${space}${start}${rest}`)
        },
      ),
    )
  })

  test('is left alone when it is no formula', () => {
    for (const text of ['5 - 3', 'a=b', "'", '', '한국어', '1']) expect(csvLine([text])).toBe(`"${text}"\r\n`)
  })

  test('is written as a number when it is one, negative too', () => {
    expect(csvLine([-1, 0, 9.5, true, null, undefined])).toBe('"-1","0","9.5","true","",""\r\n')
  })
})

describe('an export', () => {
  let api: TestApi

  beforeAll(async () => {
    api = await startApi()
  })
  afterAll(() => api.close())

  test('has a row for each response and a column for each question of every version', async () => {
    const survey = await api.publish()
    const first = response(survey, { answers: { nps: 2, why: '=HYPERLINK("http://x")\r\n"quoted", 배송' } })
    await api.send([first])
    const again = await api.publish({
      questions: [{ key: 'ease', kind: 'ces', metric: 'ces', text: { en: 'x', ko: 'x' } }],
    })
    await api.send([response(again, { answers: { ease: 7 }, context: { attributes: { plan: 'pro' } } })])
    const reply = await api.app.inject({
      url: `/v1/projects/${api.project.id}/export?survey=${survey.key}`,
      headers: { authorization: `Bearer ${api.secretKey}` },
    })
    expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8; header=present')
    expect(reply.headers['content-disposition']).toBe('attachment; filename="responses.csv"')
    expect(reply.rawPayload.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    const [head = [], newest = [], oldest = []] = parseCsv(reply.body.replace('\uFEFF', ''))
    const cell = (row: string[], name: string) => row[head.indexOf(name)]
    expect(head.filter((name) => name.startsWith('answers.'))).toEqual([
      'answers.nps',
      'answers.why',
      'answers.ease',
    ])
    expect(cell(newest, 'answers.ease')).toBe('7')
    expect(cell(newest, 'attributes')).toBe('{"plan":"pro"}')
    expect(cell(oldest, 'id')).toBe(first.id)
    expect(cell(oldest, 'answers.nps')).toBe('2')
    expect(cell(oldest, 'answers.why')).toBe(`'=HYPERLINK("http://x")\r\n"quoted", 배송`)
  })

  test('as lines of JSON has the responses whole', async () => {
    const survey = await api.publish({ key: 'lines' })
    const items = Array.from({ length: 3 }, () => response(survey))
    await api.send(items)
    const { reply } = await api.call<string>('GET', '/export?format=ndjson&survey=lines')
    const lines = String(reply)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string })
    expect(lines.map(({ id }) => id).sort()).toEqual(items.map(({ id }) => id).sort())
  })

  test('of nothing is a head without rows', async () => {
    await api.publish({ key: 'empty' })
    const { reply } = await api.call<string>('GET', '/export?survey=empty')
    expect(parseCsv(String(reply).replace('\uFEFF', ''))).toHaveLength(1)
  })

  test('larger than one step of the stream is complete', async () => {
    const survey = await api.publish({ key: 'many' })
    for (let batch = 0; batch < 12; batch += 1) {
      await api.send(Array.from({ length: 100 }, () => response(survey)))
    }
    const { reply } = await api.call<string>('GET', '/export?format=ndjson&survey=many')
    expect(new Set(String(reply).trimEnd().split('\n')).size).toBe(1200)
  })

  test('to a spreadsheet format says what to use instead', async () => {
    expect(await api.call('GET', '/export?format=xlsx')).toMatchObject({
      status: 400,
      reply: { code: 'unsupported_format', detail: expect.stringMatching(/use csv .* or ndjson$/) },
    })
  })
})
