import { describe, expect, it } from 'vitest'
import {
  answer,
  expectStored,
  expectUntouched,
  openHostilePage,
  panelOf,
  useSurroundings,
} from './use-hostile-page.ts'

/** As where cookies are blocked: the getters themselves throw. */
const throwing = `<script>
  for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError') } })</script>`

/** No byte is left. */
const full = `<script>
  for (const store of [localStorage, sessionStorage])
    for (let size = 4194304; size; size >>= 1)
      try { for (let i = 0; ; i++) store.setItem('mine' + size + '.' + i, 'x'.repeat(size)) } catch {}
  const count = localStorage.length + sessionStorage.length
  window.ownChecks = () =>
    localStorage.length + sessionStorage.length === count ? [] : ['something of the page was removed']</script>`

describe('a device that keeps nothing', () => {
  const surroundings = useSurroundings()

  it('asks and stores where the getters of storage throw', async () => {
    const guest = await openHostilePage(surroundings, { head: throwing })
    await answer(guest.page, 'throwing storage')
    await expectStored(surroundings, 'throwing storage')
    await expectUntouched(guest)
  })

  it('asks and stores where storage is full', async () => {
    const guest = await openHostilePage(surroundings, { head: full })
    await answer(guest.page, 'full storage')
    await expectStored(surroundings, 'full storage')
    await expectUntouched(guest)
  })

  for (const [what, head] of Object.entries({ throwing, full })) {
    it(`thanks for nothing that is neither sent nor kept, and sends it on request (${what})`, async () => {
      const guest = await openHostilePage(surroundings, { head }, true)
      const panel = panelOf(guest.page)
      await panel.getByRole('radio').nth(9).click()
      await panel.getByRole('textbox').fill(`again ${what}`)
      await surroundings.relay.refuse()
      try {
        await panel.getByRole('button', { name: 'Send' }).click()
        await panel.locator('[aria-busy=true]').waitFor()
        // So long nobody is told.
        await guest.page.clock.fastForward(10_000)
        await panel
          .getByRole('alert')
          .filter({ hasText: /not been sent/ })
          .waitFor({ timeout: 15_000 })
        expect(await panel.getByRole('textbox').inputValue()).toBe(`again ${what}`)
      } finally {
        await surroundings.relay.accept()
      }
      await panel.getByRole('button', { name: /again/i }).click()
      await panel.getByRole('heading', { name: 'Thank you' }).waitFor()
      await expectStored(surroundings, `again ${what}`)
      // The browser itself writes a line for each connection that was refused.
      guest.troubles.splice(
        0,
        Infinity,
        ...guest.troubles.filter((line) => !line.includes('ERR_CONNECTION_REFUSED')),
      )
      await expectUntouched(guest, ['__pwClock.*'])
    })
  }

  it('asks and stores inside a sandboxed frame without an origin of its own', async () => {
    const guest = await openHostilePage(surroundings, { tags: '' })
    const src = `${surroundings.relay.url}/${surroundings.project.publicKey}/heed.js`
    await guest.page.evaluate((address) => {
      const frame = document.createElement('iframe')
      frame.setAttribute('sandbox', 'allow-scripts')
      frame.width = '900'
      frame.height = '600'
      frame.srcdoc = `<!doctype html><html lang="en"><body><script>
        dataLayer = [{ event: 'purchase', ecommerce: {
          currency: 'EUR', value: '129.90', items: [{ item_id: 'sku1' }, { item_id: 'sku2' }] } }]
        </script><script async src="${address}" data-consent="granted"></script></body></html>`
      document.body.append(frame)
    }, src)
    await answer(guest.page.frameLocator('iframe'), 'sandboxed')
    await expectStored(surroundings, 'sandboxed')
    expect(guest.troubles).toEqual([])
  })
})
