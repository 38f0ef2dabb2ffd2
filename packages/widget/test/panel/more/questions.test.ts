// @vitest-environment happy-dom
import type { QuestionTexts } from '@heed/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { visitorTexts } from '../../../src/locales/index.ts'
import { hostThat, nps, praise, surveyOf } from '../survey.ts'
import { ask as askIn } from './open-more.ts'

// As in the bundle.
vi.mock('@preact/signals', () => import('../../../src/panel/signals.ts'))

const { ui } = visitorTexts('en')
let close: (() => void) | undefined

beforeEach(() => {
  vi.useFakeTimers()
  // What happy-dom lacks and the panel only listens to.
  vi.stubGlobal('visualViewport', Object.assign(new EventTarget(), { height: 800, offsetTop: 0, scale: 1 }))
})
afterEach(() => {
  close?.()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function ask(...args: Parameters<typeof askIn>) {
  const asked = askIn(...args)
  close = asked.handle.close
  return asked
}
const settle = () => vi.advanceTimersByTimeAsync(1000)

const options = ['price', 'delivery', 'choice'].map((key) => ({ key, text: `The ${key}` }))
const single: QuestionTexts = {
  key: 'reason',
  kind: 'single',
  text: 'Why?',
  options,
  other: 'Something else',
}
const multiple: QuestionTexts = { ...single, kind: 'multiple' }
const email: QuestionTexts = { key: 'email', kind: 'email', text: 'Where can we reach you?', required: true }
const consent: QuestionTexts = {
  key: 'consent',
  kind: 'consent',
  text: 'You may write to me',
  required: true,
}
const rating: QuestionTexts = {
  key: 'rating',
  kind: 'rating',
  text: 'How was it?',
  labels: ['Poor', 'Excellent'],
}

describe('a scale', () => {
  it('has as many steps as the survey says, named at its ends', () => {
    for (const scale of [3, 5, 7, 10]) {
      const { all, handle } = ask([{ ...rating, scale }])
      const names = all('[role=radio]').map((radio) => radio.getAttribute('aria-label'))
      expect(names).toHaveLength(scale)
      expect([names[0], names[1], names.at(-1)]).toEqual(['1, Poor', '2', `${scale}, Excellent`])
      handle.close()
    }
  })

  it('of ten is chosen to its end by keyboard: 1 and 0 make 10', () => {
    const { all, press, find } = ask([{ ...rating, scale: 10 }])
    all('[role=radio]')[0]?.focus()
    for (const key of ['4', '1', '0']) press(key)
    find('.main').click()
    expect(all('[role=radio]').at(9)?.getAttribute('aria-checked')).toBe('true')
  })

  it('is answered by one tap, in stars, smileys and numbers alike', async () => {
    for (const style of ['stars', 'smileys', 'numbers'] as const) {
      const { all, given, handle } = ask([{ ...rating, scale: 3, style }])
      all('[role=radio]')[1]?.click()
      await settle()
      expect(given()).toEqual({ rating: 2 })
      handle.close()
    }
  })

  it('names each of the steps of a csat, and shows the ends', () => {
    const steps = visitorTexts('en').csatSteps.map((text, index) => ({ key: `${index + 1}`, text }))
    const { all, find } = ask([{ key: 'csat', kind: 'csat', text: '?', options: steps }])
    expect(all('[role=radio]')[3]?.getAttribute('aria-label')).toBe('4, Satisfied')
    expect(find('.ends').textContent).toBe('Very dissatisfiedVery satisfied')
  })
})

describe('thumbs', () => {
  it('are drawn and worded, and answer up or down', async () => {
    const { all, given } = ask([
      {
        key: 'helpful',
        kind: 'thumbs',
        text: 'Was this helpful?',
        options: [
          { key: 'up', text: 'Good' },
          { key: 'down', text: 'Not good' },
        ],
      },
    ])
    expect(
      all('[role=radio]').map((radio) => [radio.textContent, radio.querySelectorAll('svg').length]),
    ).toEqual([
      ['Good', 1],
      ['Not good', 1],
    ])
    all('[role=radio]')[1]?.click()
    await settle()
    expect(given()).toEqual({ helpful: 'down' })
  })
})

describe('one of several options', () => {
  it('is given by a tap, and named by its words alone', async () => {
    const { all, given } = ask([single])
    expect(all('[role=radio]').map((radio) => radio.hasAttribute('aria-label'))).not.toContain(true)
    all('[role=radio]')[1]?.click()
    await settle()
    expect(given()).toEqual({ reason: 'delivery' })
  })

  it('opens a field for the free choice, goes into it, and gives its text', async () => {
    const { all, root, type, find, given } = ask([{ ...single, required: true }])
    all('[role=radio]')[3]?.click()
    expect([root.activeElement?.localName, root.activeElement?.getAttribute('aria-label')]).toEqual([
      'input',
      'Something else',
    ])
    type('input', ' the colour ')
    find('.main').click()
    await settle()
    expect(given()).toEqual({ reason: { other: 'the colour' } })
  })

  it('asks for the text of a required free choice, and stays with it', () => {
    const { all, find, root, errors, host } = ask([{ ...single, required: true }])
    all('[role=radio]')[3]?.click()
    find('.main').click()
    expect([errors(), root.activeElement?.localName, host.saved]).toEqual([[ui.required], 'input', []])
    expect(all('[role=radio]')[3]?.getAttribute('aria-checked')).toBe('true')
  })
})

describe('several options', () => {
  const tick = (asked: ReturnType<typeof ask>, ...indexes: number[]) => {
    for (const index of indexes) asked.all('[role=checkbox]')[index]?.click()
  }

  it('are a group of checkboxes that is given by a button, in the order in which they were ticked', async () => {
    const asked = ask([multiple])
    expect(asked.find('[role=group]').getAttribute('aria-labelledby')).toBe('q')
    tick(asked, 2, 0, 1, 1)
    expect(asked.host.saved).toEqual([])
    expect(asked.all('[role=checkbox]').map((box) => box.getAttribute('aria-checked'))).toEqual([
      'true',
      'false',
      'true',
      'false',
    ])
    asked.find('.main').click()
    await settle()
    expect(asked.given()).toEqual({ reason: ['choice', 'price'] })
  })

  it('are ticked by digits too', () => {
    const { all, press } = ask([multiple])
    all('[role=checkbox]')[0]?.focus()
    for (const key of ['2', '3', '2', '9']) press(key)
    expect(all('[role=checkbox]').map((box) => box.getAttribute('aria-checked'))).toEqual([
      'false',
      'false',
      'true',
      'false',
    ])
  })

  it('take a free choice beside the others, and leave it out when it is empty', async () => {
    const asked = ask([multiple])
    tick(asked, 3, 0)
    asked.type('input', ' Gift wrapping ')
    asked.find('.main').click()
    await settle()
    expect(asked.given()).toEqual({ reason: { keys: ['price'], other: 'Gift wrapping' } })
    asked.handle.close()
    const empty = ask([multiple])
    tick(empty, 3, 0)
    empty.find('.main').click()
    await settle()
    expect(empty.given()).toEqual({ reason: ['price'] })
  })

  it('say beforehand how many there are to be, and complain of fewer and of more', () => {
    const asked = ask([{ ...multiple, min: 2, max: 3 }])
    expect(asked.find('#hint').textContent).toBe(ui.tooFew?.replace('{n}', '2'))
    tick(asked, 0)
    asked.find('.main').click()
    expect(asked.errors()).toEqual([ui.tooFew?.replace('{n}', '2')])
    expect(asked.root.activeElement).toBe(asked.all('[role=checkbox]')[0])
    tick(asked, 1, 2, 3)
    expect(asked.errors()).toEqual([])
    asked.type('input', 'Gift wrapping')
    asked.find('.main').click()
    expect(asked.errors()).toEqual([ui.tooMany?.replace('{n}', '3')])
    expect(asked.host.saved).toEqual([])
  })

  it('need none when they are optional, whatever the fewest of an answer is', async () => {
    const asked = ask([{ ...multiple, min: 2 }])
    asked.find('.main').click()
    await settle()
    expect(asked.host.saved).toMatchObject([{ answers: {}, completed: true }])
  })
})

describe('an e-mail address', () => {
  it('is asked for with the keyboard and the memory for addresses', () => {
    const { find } = ask([email])
    const field = find<HTMLInputElement>('input')
    expect([field.type, field.inputMode, field.getAttribute('autocomplete')]).toEqual([
      'email',
      'email',
      'email',
    ])
  })

  it('is complained of only when it is given, and only when the server would', async () => {
    const { type, find, errors, given, root } = ask([email])
    for (const wrong of ['nobody', 'a@b', 'a b@c.example', `${'x'.repeat(320)}@a.example`]) {
      type('input', wrong)
      expect(errors()).toEqual([])
      find('.main').click()
      expect([wrong, errors()]).toEqual([wrong, [ui.email]])
    }
    expect(root.activeElement?.localName).toBe('input')
    type('input', ' ann+shop@übung.example ')
    find('.main').click()
    await settle()
    expect(given()).toEqual({ email: 'ann+shop@übung.example' })
  })
})

describe('consent', () => {
  it('is a box named by its words, never ticked beforehand', () => {
    const { find } = ask([consent], { answers: { consent: true } })
    const box = find('[role=checkbox]')
    expect(find(`#${box.getAttribute('aria-labelledby')}`).textContent).toBe(consent.text)
    expect(box.getAttribute('aria-checked')).toBe('false')
  })

  it('must be given where it is required', async () => {
    const { find, errors, given, root } = ask([consent])
    find('.main').click()
    expect([errors(), root.activeElement?.role]).toEqual([[ui.required], 'checkbox'])
    find('[role=checkbox]').click()
    find('.main').click()
    await settle()
    expect(given()).toEqual({ consent: true })
  })

  it('is false when the visitor goes on without', async () => {
    const { find, all, given } = ask([{ ...consent, required: false }])
    expect(all('.foot button')).toHaveLength(1)
    find('.main').click()
    await settle()
    expect(given()).toEqual({ consent: false })
  })
})

describe('a link', () => {
  const link: QuestionTexts = {
    key: 'link',
    kind: 'link',
    text: 'Our help pages',
    url: 'https://shop.example/help',
    label: 'Open',
  }

  it('leads away in a tab of its own that learns nothing of this page', () => {
    const { find } = ask([link])
    const anchor = find<HTMLAnchorElement>('a')
    expect([anchor.href, anchor.target, anchor.rel, anchor.getAttribute('referrerpolicy')]).toEqual([
      link.url,
      '_blank',
      'noopener noreferrer',
      'no-referrer',
    ])
  })

  it('need not be followed, and is no answer', async () => {
    const { find, given, host } = ask([{ ...link, required: true }])
    find('.main').click()
    await settle()
    expect([given(), host.saved.at(-1)?.completed]).toEqual([{}, true])
  })

  it('is none when it leads to anything but a page', () => {
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      ' https://a.example',
      '//a.example',
      'HTTPS:a',
    ]) {
      const { root, handle } = ask([{ ...link, url }])
      expect([url, root.querySelector('a')]).toEqual([url, null])
      handle.close()
    }
  })
})

describe('a message', () => {
  it('is read and left by a button', async () => {
    const { find, all, host } = ask([
      { key: 'm', kind: 'message', text: 'Before you go', required: true },
      praise,
    ])
    expect(all('.foot button').map((button) => button.textContent)).toEqual([ui.next])
    find('.main').click()
    await settle()
    expect([find('h2').textContent, host.saved]).toEqual(['What did you like? Optional', []])
  })
})

describe('a message at the end', () => {
  const last: QuestionTexts = { key: 'm', kind: 'message', text: 'See you soon', required: true }

  it('sends what was answered before it', async () => {
    const { find, host } = ask([single, last])
    find('[role=radio]').click()
    await settle()
    expect(find('.main').textContent).toBe(ui.send)
    find('.main').click()
    await settle()
    expect(host.saved.at(-1)?.completed).toBe(true)
  })

  it('only closes where nothing was asked', () => {
    expect(ask([last]).find('.main').textContent).toBe(ui.close)
  })
})

describe('answers that were brought along', () => {
  it('are drawn as chosen, and wait for the visitor', async () => {
    const { all, find, host } = ask([single], { answers: { reason: 'delivery' } })
    expect(all('[role=radio]')[1]?.getAttribute('aria-checked')).toBe('true')
    await settle()
    expect([host.reported, host.saved]).toEqual([['shown'], []])
    find('.main').click()
    await settle()
    expect(host.saved).toMatchObject([{ answers: { reason: 'delivery' }, completed: true }])
  })

  it('may come as text, as from the address of a link', () => {
    const { all } = ask([nps], { answers: { nps: '10' } })
    expect(all('[role=radio]')[10]?.getAttribute('aria-checked')).toBe('true')
  })

  it('are nothing when they are wrong', () => {
    for (const [question, answer] of [
      [nps, 11],
      [nps, { other: 'x' }],
      [single, 'gold'],
      [{ ...single, other: '' }, { other: 'x' }],
      [multiple, ['price', 'price']],
      [multiple, { keys: 'price' }],
      [email, 7],
      [{ key: 'link', kind: 'link', text: '' }, 'x'],
    ] as const) {
      const { root, find, handle } = ask([question as QuestionTexts], {
        answers: { [question.key]: answer as string },
      })
      expect(root.querySelector('[aria-checked=true]')).toBeNull()
      expect(find<HTMLInputElement>('input')?.value ?? '').toBe('')
      handle.close()
    }
  })

  it('may be several options, and words of the visitor’s own', () => {
    const { all, find } = ask([multiple], { answers: { reason: { keys: ['price'], other: 'Gift' } } })
    expect(all('[aria-checked=true]')).toHaveLength(2)
    expect(find<HTMLInputElement>('input').value).toBe('Gift')
  })
})

describe('the order of the options', () => {
  const many = Array.from({ length: 12 }, (_, index) => ({ key: `o${index}`, text: `Option ${index}` }))
  const shuffled: QuestionTexts = { ...single, options: many, shuffle: true }

  it('is the visitor’s own, with the free choice last, and stays when they come back', async () => {
    const { all, find } = ask([shuffled, praise])
    const order = () => all('[role=radio]').map((radio) => radio.textContent)
    const before = order()
    expect([...before].sort()).toEqual([...many.map(({ text }) => text), 'Something else'].sort())
    expect(before.at(-1)).toBe('Something else')
    all('[role=radio]')[0]?.click()
    await settle()
    find('.back').click()
    expect(order()).toEqual(before)
  })
})

describe('how far the visitor is', () => {
  it('is shown from three questions on, and never goes back on a branch', async () => {
    const first: QuestionTexts = { ...rating, next: { '*': 'a', 5: 'c' } }
    const step = (key: string): QuestionTexts => ({ key, kind: 'text', text: key })
    const { all, find } = ask([first, step('a'), step('b'), step('c')])
    const line = () => find<HTMLProgressElement>('progress')
    expect([line().getAttribute('aria-label'), line().value / line().max]).toEqual(['Question 1 of 4', 0.25])
    all('[role=radio]')[4]?.click()
    await settle()
    // Two questions in all, on this way: there is nothing to tell any more.
    expect([line(), find('h2').textContent]).toEqual([null, 'c Optional'])
  })

  it('is no matter in a survey whose ways are short, however many questions it has', () => {
    const { root } = ask([nps, { ...praise, key: 'why', next: { '*': 'end' } }, praise])
    expect(root.querySelector('progress')).toBeNull()
  })
})

describe('a short page', () => {
  const page = (...questions: QuestionTexts[]) => ({
    texts: { ...surveyOf(...questions), layout: 'page' as const },
  })
  const askPage = (...questions: QuestionTexts[]) => ask(questions, page(...questions))

  it('asks everything at once, each question with a name of its own, and sends it by one button', async () => {
    const { all, find, type, host } = askPage(rating, single, email)
    expect(all('h2').map(({ id }) => id)).toEqual(['q', 'q1', 'q2'])
    expect(all('[role=radiogroup]').map((group) => group.getAttribute('aria-labelledby'))).toEqual([
      'q',
      'q1',
    ])
    all('[role=radio]')[3]?.click()
    all('[role=radio]')[5]?.click()
    type('input', 'ann@a.example')
    expect([all('.foot button').length, host.saved]).toEqual([1, []])
    find('.main').click()
    await settle()
    expect(host.saved).toMatchObject([
      { answers: { rating: 4, reason: 'price', email: 'ann@a.example' }, completed: true },
    ])
    expect(find('h2').textContent).toBe('Thank you')
  })

  it('says at each question what is wrong with it, goes to the first, and leaves the visitor where they type', () => {
    const { all, find, errors, root, type } = askPage({ ...rating, required: true }, email)
    find('.main').click()
    expect([errors(), root.activeElement]).toEqual([[ui.required, ui.required], all('[role=radio]')[0]])
    find('input').focus()
    type('input', 'a')
    expect([errors(), root.activeElement?.localName]).toEqual([[ui.required], 'input'])
  })

  it('asks what the answers lead to, and nothing that waits for one', () => {
    const first: QuestionTexts = { ...rating, required: true, next: { '*': 'bad', 4: 'good', 5: 'good' } }
    const bad: QuestionTexts = { key: 'bad', kind: 'text', text: 'Why?', next: { '*': 'end' } }
    const { all } = askPage(first, bad, { ...praise, key: 'good' })
    const headings = () => all('h2').map((heading) => heading.textContent)
    expect(headings()).toEqual(['How was it?'])
    all('[role=radio]')[4]?.click()
    expect(headings()).toEqual(['How was it?', 'What did you like? Optional'])
    all('[role=radio]')[0]?.click()
    expect(headings()).toEqual(['How was it?', 'Why? Optional'])
  })

  it('says that it could not be sent, and offers another try', async () => {
    const { find, errors } = ask([praise], { ...page(praise), host: hostThat('unsent') })
    find('.main').click()
    await settle()
    expect([errors(), find('.main').textContent]).toEqual([[ui.notSent], ui.retry])
  })
})
