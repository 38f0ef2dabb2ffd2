import { describe, expect, it } from 'vitest'
import {
  answer,
  expectStored,
  expectUntouched,
  type Guest,
  openHostilePage,
  panelOf,
  useSurroundings,
} from './use-hostile-page.ts'

/** The browser itself writes a line for each connection that was refused. */
const forgetRefused = ({ troubles }: Guest) =>
  troubles.splice(0, troubles.length, ...troubles.filter((line) => !line.includes('ERR_CONNECTION_REFUSED')))

describe('a server that is away or far too slow', () => {
  const surroundings = useSurroundings()

  it('leaves a page alone that cannot reach it at all', async () => {
    await surroundings.relay.refuse()
    try {
      const guest = await openHostilePage(surroundings, {})
      await guest.page.waitForLoadState('networkidle')
      expect(await guest.page.evaluate(() => 'heed' in window)).toBe(false)
      expect(guest.troubles.filter((line) => !line.includes('ERR_CONNECTION_REFUSED'))).toEqual([])
    } finally {
      await surroundings.relay.accept()
    }
  })

  it('thanks for an answer that is safe on the device, and sends it once from the next page', async () => {
    const guest = await openHostilePage(surroundings, {})
    // From here on the part that keeps answers is there too; it comes after the first paint.
    await guest.page.waitForFunction(() => window.heard.includes('shown'))
    await surroundings.relay.refuse()
    try {
      await answer(guest.page, 'refused')
      expect(await panelOf(guest.page).textContent()).toContain('saved on this device')
    } finally {
      await surroundings.relay.accept()
    }
    await guest.page.goto(`${guest.url}/?next`)
    await guest.page.waitForFunction(() => window.heard.includes('stored'))
    await expectStored(surroundings, 'refused')
    forgetRefused(guest)
    await expectUntouched(guest)
  })

  it('holds up nobody while the server takes its time to acknowledge', async () => {
    const guest = await openHostilePage(surroundings, {})
    await panelOf(guest.page).waitFor()
    const release = surroundings.relay.hold(({ path }) => path.startsWith('/v1/ingest/'))
    const startedAt = performance.now()
    try {
      await answer(guest.page, 'slow')
    } finally {
      release()
    }
    // Kept on the device, so that nobody waits for the server's ten seconds.
    expect(performance.now() - startedAt).toBeLessThan(6000)
    await guest.page.waitForFunction(() => window.heard.includes('stored'))
    await expectStored(surroundings, 'slow')
    await expectUntouched(guest)
  })

  it('holds up no page while the script is on its way', async () => {
    const before = surroundings.relay.requests.length
    const release = surroundings.relay.hold(() => true)
    const opening = openHostilePage(surroundings, {
      body: `<script>addEventListener('DOMContentLoaded', () => own.textContent = 'Ready')</script>`,
    })
    try {
      await expect.poll(() => surroundings.relay.requests[before]?.path).toContain('/heed.js')
      const [page] = surroundings.browser.contexts().at(-1)?.pages() ?? []
      await page?.getByRole('button', { name: 'Ready' }).click()
      expect(await page?.evaluate(() => document.readyState)).toBe('interactive')
    } finally {
      release()
    }
    const guest = await opening
    await answer(guest.page, 'late script')
    await expectStored(surroundings, 'late script')
    await expectUntouched(guest)
  })
})
