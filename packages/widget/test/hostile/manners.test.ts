import { describe, expect, it } from 'vitest'
import {
  answer,
  expectStored,
  expectUntouched,
  openHostilePage,
  panelOf,
  useSurroundings,
} from './use-hostile-page.ts'

/** As focus-trap and the dialogs of many themes do it: whatever is focused outside, the focus comes back. */
const focusLock = (useCapture: boolean) => `<div id="lock"><input id="field"></div><script>
  document.addEventListener('focusin', (event) => {
    if (!lock.contains(event.target)) field.focus()
  }, ${useCapture})
  own.addEventListener('click', () => {})
  window.ownChecks = () => {
    own.focus()
    return document.activeElement === field ? [] : ['the lock of the page']
  }</script>`

describe('a page that keeps the visitor for itself', () => {
  const surroundings = useSurroundings()

  for (const phase of ['bubbling', 'capturing'] as const) {
    it(`lets somebody write into the survey although its ${phase} lock drags the focus back`, async () => {
      const guest = await openHostilePage(surroundings, { body: focusLock(phase === 'capturing') })
      await panelOf(guest.page).getByRole('radio').nth(9).click()
      await panelOf(guest.page).getByRole('textbox').click()
      await guest.page.keyboard.type(`locked ${phase}`)
      await panelOf(guest.page).getByRole('button', { name: 'Send' }).click()
      await panelOf(guest.page).getByRole('heading', { name: 'Thank you' }).waitFor()
      await expectStored(surroundings, `locked ${phase}`)
      await expectUntouched(guest)
    })
  }

  it('is not asked anything while a modal dialog of its own is open', async () => {
    const guest = await openHostilePage(surroundings, {
      body: `<dialog id="notice"><button id="ok">OK</button></dialog><script>
        notice.showModal()
        ok.addEventListener('click', () => notice.close())</script>`,
    })
    await guest.page.evaluate(() => (window.heed as unknown as { ready: Promise<void> }).ready)
    await guest.page.waitForLoadState('networkidle')
    expect(await panelOf(guest.page).count()).toBe(0)
    await guest.page.getByRole('button', { name: 'OK' }).click()
    await answer(guest.page, 'after the dialog')
    await expectStored(surroundings, 'after the dialog')
    await expectUntouched(guest)
  })

  it('hears no key of what is written into the survey, and goes on hearing its own', async () => {
    const guest = await openHostilePage(surroundings, {
      body: `<script>
        const keys = []
        document.addEventListener('keydown', (event) => keys.push(event.key))
        window.ownChecks = () => keys.join('') === 'z' ? [] : ['heard ' + keys]</script>`,
    })
    await panelOf(guest.page).getByRole('radio').nth(9).click()
    await panelOf(guest.page).getByRole('textbox').pressSequentially('keys')
    await panelOf(guest.page).getByRole('button', { name: 'Send' }).click()
    await panelOf(guest.page).getByRole('heading', { name: 'Thank you' }).waitFor()
    await guest.page.locator('#own').press('z')
    await expectStored(surroundings, 'keys')
    await expectUntouched(guest)
  })

  it('may include the script twice and is asked once', async () => {
    const tag = '<script async src="{src}" data-consent="granted"></script>'
    const guest = await openHostilePage(surroundings, { tags: tag + tag })
    await answer(guest.page, 'twice')
    expect(await guest.page.evaluate(() => window.heard.filter((state) => state === 'shown'))).toHaveLength(1)
    expect(await guest.page.locator('heed-survey').count()).toBe(1)
    await expectStored(surroundings, 'twice')
    await expectUntouched(guest)
  })
})
