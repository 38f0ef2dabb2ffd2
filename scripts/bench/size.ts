/**
 * What a page pays for Heed, in bytes over the wire, asked of a running server with the demo's four surveys. Fails
 * when a limit is passed or when the README tells other numbers.
 *
 *   npm run bench -- size            prints
 *   ... size --check                 fails on a limit or a stale README (part of `npm test`)
 *   ... size --write                 writes the README's table
 */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { startStack } from '@heed/test-stack'
import { loadWidgetAssets } from '@heed/widget/assets'
import { request } from '../lib/request.ts'

interface Row {
  what: string
  when: string
  bytes: number
  limit?: number
}

const readmePath = fileURLToPath(new URL('../../README.md', import.meta.url))
const [start, end] = ['<!-- sizes:start -->', '<!-- sizes:end -->']
/** The README rounds to tenths of a kilobyte; survey ids are random and compress a few bytes better or worse. */
const toleranceBytes = 100

async function measure(): Promise<Row[]> {
  const stack = await startStack()
  try {
    const brotliBytes = async (path: string) => {
      const { headers, body } = await request(`${stack.apiUrl}${path}`, { 'accept-encoding': 'br' })
      if (headers['content-encoding'] !== 'br') throw new Error(`${path} did not come with brotli`)
      return body.length
    }
    const { files } = await loadWidgetAssets()
    const part = async (name: string) => {
      const path = [...files.keys()].find((candidate) => candidate.endsWith(`/${name}.js`))
      if (!path) throw new Error(`the widget's manifest has no ${name}`)
      return brotliBytes(`/${path}`)
    }
    const textSizes = await Promise.all(
      ['en', 'ko', 'ja', 'zh-Hans', 'ar'].map((locale) =>
        brotliBytes(`/v1/surveys/${stack.publicKey}/${stack.surveys['post-purchase-nps']}/1/${locale}`),
      ),
    )
    const loader = await brotliBytes(`/${stack.publicKey}/heed.js`)
    const panel = await part('panel')
    const texts = Math.max(...textSizes)
    return [
      { what: 'loader with four surveys’ rules', when: 'every page view', bytes: loader, limit: 3500 },
      { what: 'panel', when: 'a survey may show', bytes: panel, limit: 11_000 },
      { what: 'texts of the NPS survey, one language', when: 'it shows', bytes: texts },
      { what: '**all up to the first painted NPS**', when: '', bytes: loader + panel + texts, limit: 14_600 },
      { what: 'keeper: holds and sends answers', when: 'after the first paint', bytes: await part('keeper') },
    ]
  } finally {
    await stack.close()
  }
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`

function table(rows: Row[]): string {
  const lines = rows.map(
    ({ what, when, bytes, limit }) =>
      `| ${what} | ${when} | ${kilobytes(bytes)} | ${limit ? kilobytes(limit) : ''} |`,
  )
  return ['| | when | size | limit |', '|---|---|---|---|', ...lines].join('\n')
}

/** Sizes in the README's table, in bytes, in the order of its rows. */
const told = (readme: string) =>
  [...readme.slice(readme.indexOf(start), readme.indexOf(end)).matchAll(/\| ([\d.]+) kB \| [\d.]*/g)].map(
    ([, size]) => Number(size) * 1000,
  )

const rows = await measure()
for (const { what, bytes, limit } of rows) {
  console.log(`${String(bytes).padStart(7)} B  ${what}${limit ? ` (limit ${limit})` : ''}`)
}
const readme = await readFile(readmePath, 'utf8')
if (process.argv.includes('--write')) {
  const [before, after] = [readme.slice(0, readme.indexOf(start)), readme.slice(readme.indexOf(end))]
  await writeFile(readmePath, `${before}${start}\n${table(rows)}\n${after}`)
}
if (process.argv.includes('--check')) {
  const over = rows.filter(({ bytes, limit }) => limit !== undefined && bytes > limit)
  for (const { what, bytes, limit } of over) console.error(`${what}: ${bytes} bytes, ${limit} allowed`)
  const sizes = told(readme)
  const isStale = rows.some(({ bytes }, index) => !(Math.abs((sizes[index] ?? 0) - bytes) <= toleranceBytes))
  if (isStale) console.error('README.md tells other sizes: run `npm run bench -- size --write`')
  if (over.length > 0 || isStale) process.exit(1)
}
