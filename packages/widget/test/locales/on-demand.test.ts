import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const entries = readdirSync(`${root}src/entries`)

it.each(entries)('puts no built-in text into what a page loads: %s', async (entry) => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [`src/entries/${entry}`],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    conditions: ['@heed/source'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'silent',
  })
  const files = Object.keys(metafile.inputs)
  expect(files).toContain(`src/entries/${entry}`)
  // The server composes the one language that is shown.
  expect(files.filter((file) => file.includes('locales'))).toEqual([])
})
