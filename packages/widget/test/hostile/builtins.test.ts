import { describe, expect, it } from 'vitest'
import {
  answer,
  expectStored,
  expectUntouched,
  openHostilePage,
  useSurroundings,
} from './use-hostile-page.ts'

interface Scenario {
  name: string
  /** The page's script, and what it later checks of its own. */
  script: string
  /** Globals that the script itself goes on changing. */
  ignored?: string[]
}

const scenarios: Scenario[] = [
  {
    name: 'Prototype’s toJSON on arrays, strings, dates and every object',
    script: `
      for (const kind of [Array, String, Number, Date])
        kind.prototype.toJSON = function () { return '"' + String(this) + '"' }
      Object.prototype.toJSON = function () { return 'object' }
      const mine = JSON.stringify([1, 'a', { b: 1 }])
      window.ownChecks = () => JSON.stringify([1, 'a', { b: 1 }]) === mine ? [] : ['JSON.stringify']`,
  },
  {
    name: 'Array.from and Function.prototype.bind of old libraries',
    script: `
      Array.from = (iterable) => iterable && iterable.toArray ? iterable.toArray() : []
      Function.prototype.bind = function (self) { const run = this; return () => run.apply(self, []) }
      const { from } = Array
      window.ownChecks = () => Array.from === from && Array.from([1]).length === 0 ? [] : ['Array.from']`,
  },
  {
    name: 'methods that libraries add to everything, visible in every for-in',
    script: `
      Object.prototype.extend = function () {}
      Array.prototype.each = function (run) { this.forEach(run) }
      Function.prototype.inherit = function () {}
      window.ownChecks = () => [].each && ({}).extend ? [] : ['extensions']`,
  },
  {
    name: 'primordials that are frozen',
    script: `
      const seen = new Set()
      const freeze = (value) => {
        if (Object(value) !== value || seen.has(value)) return
        seen.add(value)
        for (const [, one] of Object.entries(Object.getOwnPropertyDescriptors(value)))
          for (const part of [one.value, one.get, one.set]) freeze(part)
        freeze(Object.getPrototypeOf(value))
        Object.freeze(value)
      }
      for (const name of ['Object', 'Function', 'Array', 'String', 'Number', 'Boolean', 'Symbol', 'Date', 'Promise',
        'RegExp', 'Error', 'TypeError', 'Map', 'Set', 'WeakMap', 'WeakSet', 'JSON', 'Math', 'Reflect', 'Proxy',
        'Uint8Array', 'Uint16Array', 'Uint32Array', 'ArrayBuffer', 'URL', 'AbortController', 'AbortSignal', 'Event',
        'CustomEvent', 'EventTarget', 'Response', 'Headers', 'Storage']) freeze(window[name])
      freeze(Object.getPrototypeOf(function* () {}))
      freeze(Object.getPrototypeOf(async function () {}))
      window.ownChecks = () => Object.isFrozen(Array.prototype) ? [] : ['thawed']`,
  },
  {
    name: 'a fetch that throws',
    script: `
      window.fetch = () => { throw new TypeError('no network for guests') }
      const mine = window.fetch
      window.ownChecks = () => window.fetch === mine ? [] : ['fetch']`,
  },
  {
    name: 'a fetch that wraps and counts',
    script: `
      const original = window.fetch
      let calls = 0
      window.fetch = async function (...args) { calls++; const reply = await original.apply(this, args); reply.clone(); return reply }
      window.ownChecks = () => calls > 0 ? [] : ['fetch was never called']`,
  },
  {
    name: 'a fetch that knows neither keepalive nor signal',
    script: `
      const original = window.fetch
      window.fetch = (url, { method, body, headers } = {}) => original(url, { method, body, headers })`,
  },
  {
    name: 'a fetch that answers with something else',
    script: `window.fetch = async () => ({ data: null })`,
  },
  {
    name: 'a JSON of the page’s own',
    script: `
      const { parse, stringify } = JSON
      JSON.stringify = (value) => stringify({ wrapped: value })
      JSON.parse = (text) => ({ unwrapped: parse(text) })
      window.ownChecks = () => JSON.stringify(1) === '{"wrapped":1}' ? [] : ['JSON']`,
  },
  {
    name: 'XMLHttpRequest, Promise.prototype.then and setTimeout as wrapped by a monitor of errors',
    script: `
      const { then } = Promise.prototype
      Promise.prototype.then = function (yes, no) { return then.call(this, yes, no) }
      const wait = window.setTimeout
      window.setTimeout = (run, ms, ...args) => wait(() => run(...args), ms)
      const { addEventListener } = EventTarget.prototype
      EventTarget.prototype.addEventListener = function (type, run, ...rest) {
        return addEventListener.call(this, type, typeof run === 'function' ? (event) => run.call(this, event) : run, ...rest)
      }`,
  },
]

describe('a page whose scripts changed the builtins', () => {
  const surroundings = useSurroundings()

  for (const { name, script, ignored } of scenarios) {
    it(`stores the whole answer and stays as it is, with ${name}`, async () => {
      const guest = await openHostilePage(surroundings, { head: `<script>(() => {${script}})()</script>` })
      await answer(guest.page, name)
      await expectStored(surroundings, name)
      await expectUntouched(guest, ignored)
      expect(await guest.page.evaluate(() => window.heard.filter((state) => state === 'shown'))).toEqual([
        'shown',
      ])
    })
  }
})
