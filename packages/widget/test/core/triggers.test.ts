// @vitest-environment happy-dom
import type { Trigger } from '@heed/contract'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { dwell } from '../../src/core/keeper/triggers/dwell.ts'
import { exit } from '../../src/core/keeper/triggers/exit.ts'
import { idle } from '../../src/core/keeper/triggers/idle.ts'
import { scroll } from '../../src/core/keeper/triggers/scroll.ts'
import { visible } from '../../src/core/keeper/triggers/visible.ts'

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
    expect(fire).toHaveBeenCalledExactlyOnceWith('pointer')
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
    expect(fire).toHaveBeenCalledExactlyOnceWith('pointer')
  })

  test('by touch is a fast scroll up', () => {
    arm(true)
    pass(6)
    scrollTo(3_000)
    for (let y = 2_850; y >= 2_400; y -= 150) {
      pass(0.05)
      scrollTo(y)
    }
    expect(fire).toHaveBeenCalledWith('scroll')
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
    expect(fire).toHaveBeenCalledExactlyOnceWith('return')
  })

  test('by touch is half a minute without a touch', () => {
    arm(true)
    pass(6)
    pass(20)
    document.dispatchEvent(new Event('touchstart'))
    pass(29)
    expect(fire).not.toHaveBeenCalled()
    pass(1)
    expect(fire).toHaveBeenCalledExactlyOnceWith('idle')
  })
})

describe('idle', () => {
  const input = (type: string) => document.dispatchEvent(new Event(type))
  const arm = () => idle({ on: 'idle', seconds: 30 }, fire, life.signal)

  test.each(['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchmove'])(
    'begins anew with a %s',
    (type) => {
      arm()
      pass(20)
      input(type)
      pass(29)
      expect(fire).not.toHaveBeenCalled()
      pass(1)
      expect(fire).toHaveBeenCalledOnce()
    },
  )

  test('keeps one timer, however often the pointer moves', () => {
    arm()
    for (let frame = 0; frame < 500; frame++) {
      pass(0.016)
      input('pointermove')
    }
    expect(vi.getTimerCount()).toBe(1)
  })

  test('does not count while nobody looks, and begins anew when somebody does', () => {
    arm()
    pass(20)
    setHidden(true)
    pass(3_600)
    expect(fire).not.toHaveBeenCalled()
    expect(vi.getTimerCount()).toBe(0)
    setHidden(false)
    pass(29)
    expect(fire).not.toHaveBeenCalled()
    pass(1)
    expect(fire).toHaveBeenCalledOnce()
  })

  test('ends with its page view', () => {
    arm()
    life.abort()
    pass(60)
    expect(fire).not.toHaveBeenCalled()
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('visible', () => {
  type Entry = {
    intersectionRatio: number
    intersectionRect: { height: number }
    rootBounds: { height: number }
  }
  let observers: { observed: Element[]; isOn: boolean; tell: (entry: Entry) => void }[] = []
  const setView = (ratio: number, height = 100) =>
    observers
      .find(({ isOn }) => isOn)
      ?.tell({ intersectionRatio: ratio, intersectionRect: { height }, rootBounds: { height: 800 } })
  const arm = () => visible({ on: 'visible', selector: '#reviews' }, fire, life.signal)
  const addReviews = () => {
    const element = Object.assign(document.createElement('div'), { id: 'reviews' })
    document.body.append(element)
    return element
  }

  beforeEach(() => {
    observers = []
    document.body.replaceChildren()
    vi.stubGlobal(
      'IntersectionObserver',
      class {
        own = { observed: [] as Element[], isOn: false, tell: (_entry: Entry) => {} }
        constructor(run: (entries: Entry[]) => void) {
          this.own.tell = (entry) => run([entry])
          observers.push(this.own)
        }
        observe(element: Element) {
          this.own.isOn = true
          this.own.observed.push(element)
        }
        disconnect() {
          this.own.isOn = false
        }
      },
    )
  })

  test('fires when half of the element was in view for a second', () => {
    addReviews()
    arm()
    setView(0.4)
    pass(5)
    setView(0.6)
    pass(0.9)
    expect(fire).not.toHaveBeenCalled()
    pass(0.2)
    expect(fire).toHaveBeenCalledOnce()
  })

  test('does not mean those who scroll past', () => {
    addReviews()
    arm()
    setView(0.6)
    pass(0.5)
    setView(0)
    pass(10)
    expect(fire).not.toHaveBeenCalled()
  })

  test('takes half a screen of an element that is higher than the screen', () => {
    addReviews()
    arm()
    setView(0.2, 500)
    pass(1)
    expect(fire).toHaveBeenCalledOnce()
  })

  test('waits for an element that comes later, also in place of one that has gone', async () => {
    arm()
    expect(observers.some(({ isOn }) => isOn)).toBe(false)
    const first = addReviews()
    await vi.advanceTimersByTimeAsync(1)
    first.remove()
    await vi.advanceTimersByTimeAsync(1)
    const second = addReviews()
    await vi.advanceTimersByTimeAsync(1)
    expect(observers.flatMap(({ observed }) => observed)).toEqual([first, second])
    setView(1)
    pass(1)
    expect(fire).toHaveBeenCalledOnce()
  })

  test('does not count while the tab is hidden', () => {
    addReviews()
    arm()
    setView(1)
    setHidden(true)
    pass(60)
    expect(fire).not.toHaveBeenCalled()
    setHidden(false)
    pass(1)
    expect(fire).toHaveBeenCalledOnce()
  })

  test('watches nothing after its page view', async () => {
    addReviews().remove()
    arm()
    life.abort()
    addReviews()
    await vi.advanceTimersByTimeAsync(1)
    expect(observers.some(({ isOn }) => isOn)).toBe(false)
    expect(vi.getTimerCount()).toBe(0)
  })
})
