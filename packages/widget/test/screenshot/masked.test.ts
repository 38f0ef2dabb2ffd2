// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { maskedElements } from '../../src/screenshot/masked.ts'

const ids = (withFields: boolean) => maskedElements(document, withFields).map(({ id }) => id)

beforeEach(() => {
  document.body.innerHTML = `
    <input id="name"><input id="search" type="search"><textarea id="note"></textarea><select id="country"></select>
    <div id="editor" contenteditable="true"></div><div id="still" contenteditable="false"></div>
    <div id="own-field" role="textbox"></div>
    <input id="send" type="submit"><input id="terms" type="checkbox"><button id="buy">Buy</button><p id="words">Words</p>
    <input id="password" type="password"><input id="new" autocomplete="new-password">
    <input id="card" autocomplete="section-a billing CC-Number"><input id="code" autocomplete="one-time-code">
    <p id="marked" data-heed-mask>1 Long Lane</p><object id="payment"></object>`
})

const secrets = ['password', 'new', 'card', 'code', 'marked', 'payment']

describe('what no picture shows', () => {
  it('is what was typed or chosen, unless the visitor wants it shown', () => {
    expect(ids(true).sort()).toEqual(
      ['name', 'search', 'note', 'country', 'editor', 'own-field', ...secrets].sort(),
    )
  })

  it('is always a secret, a card, what the shop marked and what nobody can look into', () => {
    expect(ids(false).sort()).toEqual([...secrets].sort())
  })

  it('is found in the shadow trees of a shop’s components, and not in our own', () => {
    for (const name of ['shop-form', 'heed-survey']) {
      const host = document.body.appendChild(document.createElement(name))
      host.attachShadow({ mode: 'open' }).innerHTML = `<input id="in-${name}">`
    }
    expect(ids(true)).toContain('in-shop-form')
    expect(ids(true)).not.toContain('in-heed-survey')
  })
})
