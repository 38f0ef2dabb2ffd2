import { afterEach, beforeEach, vi } from 'vitest'
import { closePages } from './open-page.ts'

/** Time passes on the page. */
export const pass = (ms = 100) => vi.advanceTimersByTimeAsync(ms)

export const setHidden = (isHidden: boolean) => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(isHidden)
  document.dispatchEvent(new Event('visibilitychange'))
}

/** Every test of the file gets a fresh browser at a known time, and ends what its pages have left. */
export const freshBrowser = () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2026-11-22T10:00:00Z') })
    localStorage.clear()
    sessionStorage.clear()
    document.body.replaceChildren()
    document.title = ''
    document.documentElement.removeAttribute('lang')
    history.replaceState({}, '', '/')
    delete (window as { dataLayer?: unknown }).dataLayer
  })
  afterEach(() => {
    closePages()
    vi.clearAllTimers()
    vi.useRealTimers()
    vi.doUnmock('../../src/core/import-part.ts')
    vi.doUnmock('../../src/core/keeper/preload-panel.ts')
    vi.restoreAllMocks()
    vi.unstubAllGlobals()
  })
}
