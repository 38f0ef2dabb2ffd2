// @vitest-environment happy-dom
import type { Trigger } from '@heed/contract'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { dwell } from '../../src/core/keeper/triggers/dwell.ts'
import { exit } from '../../src/core/keeper/triggers/exit.ts'
import { scroll } from '../../src/core/keeper/triggers/scroll.ts'

let life = new AbortController()
let fire = vi.fn()
const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1000)
const setHidden = (isHidden: boolean) => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(isHidden)
  document.dispatchEvent(new Event('visibilitychange'))
}
const scrollTo = (y: number) => {
  vi.stubGlobal('scrollY', y)
  document.dispatchEvent(new Event('scroll'))
}

beforeEach(() => {
  vi.useFakeTimers()
  life = new AbortController()
  fire = vi.fn()
  vi.stubGlobal('scrollY', 0)
  vi.stubGlobal('innerHeight', 800)
  vi.spyOn(document.documentElement, 'scrollHeight', 'get').mockReturnValue(4_000)
})
afterEach(() => {
  life.abort()
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('dwell', () => {
  test('counts only the time the page is visible', () => {
    dwell({ on: 'dwell', seconds: 20 }, fire, life.signal)
    pass(15)
    setHidden(true)
    pass(3_600)
    setHidden(false)
    pass(4.9)
    expect(fire).not.toHaveBeenCalled()
    pass(0.2)
    expect(fire).toHaveBeenCalledOnce()
  })

  test('of a page opened in the background begins when it is looked at', () => {
    setHidden(true)
    dwell({ on: 'dwell', seconds: 20 }, fire, life.signal)
    pass(60)
    setHidden(false)
    pass(19)
    expect(fire).not.toHaveBeenCalled()
    pass(1)
    expect(fire).toHaveBeenCalledOnce()
  })

  test('ends with its page view', () => {
    dwell({ on: 'dwell', seconds: 20 }, fire, life.signal)
    life.abort()
    pass(60)
    expect(fire).not.toHaveBeenCalled()
    expect(vi.getTimerCount()).toBe(0)
  })
})

test('scroll fires when so much of the page has been in view', () => {
  scroll({ on: 'scroll', percent: 50 }, fire, life.signal)
  scrollTo(1_199)
  expect(fire).not.toHaveBeenCalled()
  scrollTo(1_200)
  expect(fire).toHaveBeenCalled()
})

test('scroll fires at once for somebody who had already scrolled when it was armed', () => {
  vi.stubGlobal('scrollY', 1_500)
  scroll({ on: 'scroll', percent: 50 }, fire, life.signal)
  expect(fire).toHaveBeenCalled()
})

describe('exit', () => {
  const arm = (isTouch: boolean, trigger: Partial<Extract<Trigger, { on: 'exit' }>> = {}) => {
    vi.stubGlobal('matchMedia', () => ({ matches: isTouch }))
    exit({ on: 'exit', minSeconds: 5, ...trigger }, fire, life.signal)
  }
  const leave = (clientY: number) =>
    document.documentElement.dispatchEvent(Object.assign(new Event('mouseleave'), { clientY }))

  test('by mouse is through the top, not through a side', () => {
    arm(false)
    pass(6)
    leave(400)
    expect(fire).not.toHaveBeenCalled()
    leave(-3)
    expect(fire).toHaveBeenCalledOnce()
  })

  test('needs the first seconds to be over', () => {
    arm(false)
    pass(4)
    leave(-3)
    expect(fire).not.toHaveBeenCalled()
    pass(2)
    leave(-3)
    expect(fire).toHaveBeenCalledOnce()
  })

  test('is seen further from the edge at high sensitivity', () => {
    arm(false, { sensitivity: 'high' })
    pass(6)
    leave(35)
    expect(fire).toHaveBeenCalledOnce()
  })

  test('by touch is a fast scroll up', () => {
    arm(true)
    pass(6)
    scrollTo(3_000)
    for (let y = 2_850; y >= 2_400; y -= 150) {
      pass(0.05)
      scrollTo(y)
    }
    expect(fire).toHaveBeenCalled()
  })

  test('by touch is a fast scroll up after a slow one, wherever it begins', () => {
    arm(true)
    pass(6)
    scrollTo(3_000)
    pass(0.3)
    scrollTo(2_990)
    for (let y = 2_790; y >= 2_190; y -= 200) {
      pass(0.06)
      scrollTo(y)
    }
    expect(fire).toHaveBeenCalled()
  })

  test('by touch is not a slow scroll up, nor a fast one down', () => {
    arm(true)
    pass(6)
    for (let y = 0; y <= 3_000; y += 300) {
      pass(0.05)
      scrollTo(y)
    }
    for (let y = 3_000; y >= 0; y -= 100) {
      pass(0.3)
      scrollTo(y)
    }
    expect(fire).not.toHaveBeenCalled()
  })

  test('by touch is a return to the tab', () => {
    arm(true)
    pass(6)
    setHidden(true)
    expect(fire).not.toHaveBeenCalled()
    setHidden(false)
    expect(fire).toHaveBeenCalledOnce()
  })

  test('by touch is half a minute without a touch', () => {
    arm(true)
    pass(6)
    pass(20)
    document.dispatchEvent(new Event('touchstart'))
    pass(29)
    expect(fire).not.toHaveBeenCalled()
    pass(1)
    expect(fire).toHaveBeenCalledOnce()
  })
})
