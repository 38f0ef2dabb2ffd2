import { fileURLToPath } from 'node:url'
import { bundleForPage } from '@heed/test-stack'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Shop } from './in-page/shop.ts'
import {
  answer,
  expectStored,
  expectUntouched,
  openHostilePage,
  panelOf,
  useSurroundings,
} from './use-hostile-page.ts'

const bundle = (name: string) =>
  bundleForPage(fileURLToPath(new URL(`./in-page/${name}.ts`, import.meta.url)))
const script = async (name: string) => ({ body: await bundle(name), type: 'text/javascript' })

describe('a page that a framework renders', () => {
  const surroundings = useSurroundings()

  it('keeps the survey while Turbo replaces the body, and asks once', async () => {
    const next =
      '<!doctype html><html lang="en"><head><title>Next</title></head><body><h1>Next</h1></body></html>'
    const guest = await openHostilePage(surroundings, {
      head: '<script src="/turbo.js"></script>',
      body: '<a href="/next">Next</a>',
      files: { '/turbo.js': await script('turbo'), '/next': next },
    })
    await panelOf(guest.page).getByRole('radio').nth(9).click()
    await panelOf(guest.page).getByRole('textbox').fill('over Turbo')
    await guest.page.getByRole('link', { name: 'Next' }).click()
    await guest.page.getByRole('heading', { name: 'Next' }).waitFor()
    expect(await panelOf(guest.page).getByRole('textbox').inputValue()).toBe('over Turbo')
    await panelOf(guest.page).getByRole('button', { name: 'Send' }).click()
    await panelOf(guest.page).getByRole('heading', { name: 'Thank you' }).waitFor()
    await expectStored(surroundings, 'over Turbo')
    await expectUntouched(guest, ['Turbo'])
  })

  for (const when of ['before', 'after'] as const) {
    it(`is hydrated by React ${when} the survey opens, without a mismatch`, async () => {
      const guest = await openHostilePage(surroundings, {
        render: (head) =>
          `<!doctype html>${renderToString(createElement(Shop, { head: `${head}<script src="/hydrate.js"></script>` }))}`,
        files: { '/hydrate.js': await script('hydrate') },
      })
      if (when === 'before') await guest.page.evaluate(() => window.hydrate())
      await panelOf(guest.page).waitFor()
      if (when === 'after') await guest.page.evaluate(() => window.hydrate())
      await guest.page.getByRole('button', { name: 'Count 0' }).click()
      await guest.page.getByRole('button', { name: 'Count 1' }).waitFor()
      await answer(guest.page, `hydrated ${when}`)
      await expectStored(surroundings, `hydrated ${when}`)
      expect(await guest.page.evaluate(() => window.mended)).toEqual([])
      await expectUntouched(guest, ['hydrate', 'mended', '_.*'])
    })
  }
})
