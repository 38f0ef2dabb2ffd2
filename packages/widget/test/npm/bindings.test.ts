// @vitest-environment happy-dom
import { join } from 'node:path'
import { type PackedProject, packedProject } from '@heed/test-stack/packed-project'
import { defineSurvey } from '@heed/widget'
import type * as preactBindings from '@heed/widget/preact'
import type * as reactBindings from '@heed/widget/react'
import type { HeedServer } from '@heed/widget/testing'
import type * as preact from 'preact'
import type * as React from 'react'
import type * as ReactDOM from 'react-dom/client'
import type * as ReactDOMServer from 'react-dom/server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'

const installed = (name: string) => join(import.meta.dirname, '../../node_modules', name)
const options = { key: 'pk_app', host: 'https://feedback.example.com' }
const question = { key: 'nps', kind: 'nps', text: { en: 'How likely?' } } as const
const survey = defineSurvey({
  key: 'after-order',
  name: 'After the order',
  triggers: [{ on: 'manual' }],
  locales: ['en'],
  display: { kind: 'popover' },
  frequency: 'always',
  questions: [question],
})
const inPage = defineSurvey({
  key: 'was-it-helpful',
  name: 'Under an article',
  triggers: [{ on: 'page' }],
  locales: ['en'],
  display: { kind: 'inline', selector: '[data-heed-survey="was-it-helpful"]' },
  frequency: 'always',
  questions: [{ ...question, text: { en: 'Was it helpful?' } }],
})

let project: PackedProject
let heed: typeof import('@heed/widget')
let serve: () => HeedServer
let server: HeedServer
/** What React says of an app that is not as it should be. */
let complaints: unknown[][]

beforeAll(async () => {
  const names = ['preact', 'react', 'react-dom']
  project = await packedProject({ links: Object.fromEntries(names.map((name) => [name, installed(name)])) })
  heed = await project.import('@heed/widget')
  const testing = await project.import<typeof import('@heed/widget/testing')>('@heed/widget/testing')
  serve = () => testing.serveSurveys([survey, inPage], { onePerSession: false })
})
afterAll(() => project.remove())

beforeEach(() => {
  server = serve()
  complaints = []
  vi.spyOn(console, 'error').mockImplementation((...words) => void complaints.push(words))
})
afterEach(async () => {
  heed.destroy()
  heed.reset()
  await server.close()
  document.body.replaceChildren()
  vi.restoreAllMocks()
  expect(complaints).toEqual([])
})

let react: typeof React
let bindings: typeof reactBindings
let preactBound: typeof preactBindings

interface AppProps {
  surveys: React.ReactElement | null
  onStored?: ((id: string) => void) | undefined
}
function ReactApp({ surveys, onStored }: AppProps) {
  bindings.useHeed(options)
  bindings.useHeedEvent('stored', ({ id }) => onStored?.(id))
  return surveys
}

function PreactApp({ onShown }: { onShown: (key: string | undefined) => void }) {
  preactBound.useHeed(options)
  preactBound.useHeedEvent('shown', ({ surveyKey }) => onShown(surveyKey))
  return preactBound.HeedSurvey({ surveyKey: survey.key })
}

const container = () => document.body.appendChild(document.createElement('div'))
const open = () => document.querySelectorAll('heed-survey').length

describe('@heed/widget/react', () => {
  let dom: typeof ReactDOM
  let domServer: typeof ReactDOMServer

  beforeAll(async () => {
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
    react = await project.import('react')
    dom = await project.import('react-dom/client')
    domServer = await project.import('react-dom/server')
    bindings = await project.import('@heed/widget/react')
  })

  const app = (surveys: React.ReactElement | null, onStored?: (id: string) => void) =>
    react.createElement(react.StrictMode, null, react.createElement(ReactApp, { surveys, onStored }))
  const popover = (props: Partial<reactBindings.HeedSurveyProps> = {}) =>
    react.createElement(bindings.HeedSurvey, { surveyKey: survey.key, ...props })

  it('shows a survey once while its component is mounted, although StrictMode runs every effect twice', async () => {
    const root = dom.createRoot(container())
    const results: string[] = []
    const onResult = (result: string) => void results.push(result)
    await react.act(async () => root.render(app(popover({ onResult }))))
    await server.opened(survey)
    await vi.waitFor(() => expect(results).toEqual(['shown']))
    expect(open()).toBe(1)
    await react.act(async () => root.unmount())
    expect(open()).toBe(0)
  })

  it('leaves no survey open whose component has gone, and closes none that it did not open', async () => {
    const root = dom.createRoot(container())
    await react.act(async () => root.render(app(popover())))
    await react.act(async () => root.render(app(null)))
    // As long as the component's own one is there or on its way, there is no room for another.
    await vi.waitFor(async () => expect(await heed.show(survey)).toBe('shown'))
    await react.act(async () => root.unmount())
    expect(open()).toBe(1)
  })

  it('hears of answers, by the newest listener', async () => {
    const root = dom.createRoot(container())
    const heard: string[] = []
    await react.act(async () => root.render(app(popover(), () => heard.push('old'))))
    await react.act(async () => root.render(app(popover(), (id) => heard.push(id))))
    const opened = await server.opened(survey)
    await opened.answer('nps', 9)
    await vi.waitFor(() => expect(heard).toEqual([server.responses()[0]?.id]))
    await react.act(async () => root.unmount())
  })

  it('is rendered by a server and hydrated without a mismatch, the place of an inline survey included', async () => {
    const both = app(
      react.createElement(
        'main',
        null,
        popover(),
        react.createElement(bindings.HeedSurvey, { surveyKey: inPage.key, inline: true }),
      ),
    )
    const html = domServer.renderToString(both)
    expect(html).toBe('<main><div data-heed-survey="was-it-helpful"></div></main>')
    const page = container()
    page.innerHTML = html
    const root = await react.act(async () => dom.hydrateRoot(page, both))
    await server.opened(survey)
    await server.opened(inPage)
    expect(page.querySelectorAll('[data-heed-survey] heed-survey')).toHaveLength(1)
    // A render after it leaves what stands in the place alone.
    await react.act(async () => root.render(both))
    expect(page.querySelectorAll('[data-heed-survey] heed-survey')).toHaveLength(1)
    await react.act(async () => root.unmount())
    expect(page.querySelectorAll('heed-survey')).toHaveLength(0)
  })
})

describe('@heed/widget/preact', () => {
  it('has the same hooks and component, with the app’s own Preact', async () => {
    const { h, render } = await project.import<typeof preact>('preact')
    preactBound = await project.import('@heed/widget/preact')
    const heard: unknown[] = []
    const page = container()
    render(h(PreactApp, { onShown: (key) => heard.push(key) }), page)
    await server.opened(survey)
    await vi.waitFor(() => expect(heard).toEqual([survey.key]))
    render(null, page)
    await vi.waitFor(() => expect(open()).toBe(0))
  })
})
