/**
 * What a page pays for Heed, in bytes over the wire, asked of a running server for a shop with three surveys. Fails
 * when a limit is passed or when the README tells other numbers.
 *
 *   npm run bench -- size            prints
 *   ... size --check                 fails on a limit or a stale README (part of `npm test`)
 *   ... size --write                 writes the README's table
 */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createProject } from '@heed/db'
import { seedDemo } from '@heed/example-storefront/seed'
import { demoSurveys } from '@heed/example-storefront/surveys'
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

/** What a shop with three surveys serves, asked of a running server as a browser asks. */
async function measure(): Promise<Row[]> {
  const stack = await startStack()
  try {
    const { project, secretKey } = await createProject(stack.db, { name: 'Three surveys' })
    const three = demoSurveys.slice(0, 3)
    const ids = await seedDemo({ apiUrl: stack.apiUrl, projectId: project.id, secretKey }, three)
    const brotliBytes = async (path: string) => {
      const { headers, body } = await request(`${stack.apiUrl}${path}`, { 'accept-encoding': 'br' })
      if (headers['content-encoding'] !== 'br') throw new Error(`${path} did not come with brotli`)
      return body.length
    }
    const paths = [...(await loadWidgetAssets()).files.keys()]
    const part = async (name: string) => {
      const path = paths.find((candidate) => candidate.endsWith(`/${name}.js`))
      if (!path) throw new Error(`the widget's manifest has no ${name}`)
      return brotliBytes(`/${path}`)
    }
    const textSizes = await Promise.all(
      ['en', 'ko', 'ja', 'zh-Hans', 'ar'].map((locale) =>
        brotliBytes(`/v1/surveys/${project.publicKey}/${ids['post-purchase-nps']}/1/${locale}`),
      ),
    )
    const loader = await brotliBytes(`/${project.publicKey}/heed.js`)
    const [panel, more, surfaces] = [await part('panel'), await part('more'), await part('surfaces')]
    const texts = Math.max(...textSizes)
    const adapters = paths.flatMap((path) => /adapter-[a-z-]+/.exec(path) ?? [])
    const largestAdapter = Math.max(...(await Promise.all(adapters.map(part))))
    return [
      { what: 'loader with three surveys’ rules', when: 'every page view', bytes: loader, limit: 4000 },
      { what: 'panel: popover, sheet, scales, text', when: 'a survey may show', bytes: panel },
      { what: 'texts of the NPS survey, one language', when: 'it shows', bytes: texts },
      { what: '**all up to the first painted NPS**', when: '', bytes: loader + panel + texts, limit: 14_600 },
      { what: 'more: the other questions', when: 'a survey asks one', bytes: more },
      {
        what: 'surfaces: bar, modal, button, inline, page, teaser',
        when: 'a survey uses one',
        bytes: surfaces,
      },
      {
        what: '**every question and surface** (panel, more, surfaces)',
        when: '',
        bytes: panel + more + surfaces,
        limit: 20_000,
      },
      { what: 'keeper: holds and sends answers', when: 'after the first paint', bytes: await part('keeper') },
      { what: 'consent platforms', when: 'the page has one', bytes: await part('consent') },
      { what: 'pictures of the page', when: 'a visitor takes one', bytes: await part('screenshot') },
      {
        what: 'redaction of an answer',
        when: 'a text may name a person',
        bytes: await part('redaction'),
      },
      { what: 'the largest of the shop adapters', when: 'the shop runs on it', bytes: largestAdapter },
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
