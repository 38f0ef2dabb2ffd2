import { expect, it } from 'vitest'
import { html, scriptJson, trusted } from '../src/html.ts'

it('escapes what is put into a template, in text and in attributes', () => {
  const name = `<img src=x onerror="alert('1')"> & co`
  expect(html`<p title="${name}">${name}</p>`.markup).not.toMatch(/<img|onerror="/)
  expect(html`<p>${'a & b'}</p>`.markup).toBe('<p>a &amp; b</p>')
})

it('keeps markup that templates made, and lists of it', () => {
  expect(html`<ul>${['a', '<b>'].map((text) => html`<li>${text}</li>`)}</ul>`.markup).toBe(
    '<ul><li>a</li><li>&lt;b&gt;</li></ul>',
  )
  expect(html`${trusted('<hr>')}${false}${null}${undefined}${0}`.markup).toBe('<hr>0')
})

it('writes JSON that cannot end its script element', () => {
  const value = { text: '</script><!--\u2028' }
  expect(scriptJson(value)).not.toMatch(/[<>\u2028]/)
  expect(JSON.parse(scriptJson(value))).toEqual(value)
})
