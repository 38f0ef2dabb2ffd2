import { describe, expect, it } from 'vitest'
import {
  answer,
  expectStored,
  expectUntouched,
  type HostilePage,
  openHostilePage,
  panelOf,
  useSurroundings,
} from './use-hostile-page.ts'

const pages: (HostilePage & { name: string })[] = [
  { name: '* { all: unset !important }', head: '<style>* { all: unset !important }</style>' },
  {
    name: 'a root font of 62.5 %',
    head: '<style>html { font-size: 62.5% } body { font: 1.6rem serif }</style>',
  },
  {
    name: 'a layer over everything at the largest z-index',
    head: `<style>
      #cover { position: fixed; inset: 0; z-index: 2147483647; background: #0003 }
    </style>`,
    body: `<div id="cover"></div><script>
      let taps = 0
      cover.addEventListener('click', () => taps++)
      window.ownChecks = () => taps === 0 ? [] : ['a tap on the survey reached the layer']</script>`,
  },
  {
    name: 'rules for every element, custom or not',
    head: `<style>
      * { font: 30px fantasy !important; color: red !important; letter-spacing: 1em; text-transform: uppercase;
        pointer-events: none; visibility: hidden; opacity: .1; transform: rotate(3deg) }
      :not(:defined) { display: none !important }
      html > :not(head, body) { display: none !important; position: static !important; width: 1px !important }
    </style>`,
  },
]

describe('a page whose style sheet spares nothing', () => {
  const surroundings = useSurroundings()

  for (const { name, ...page } of pages) {
    it(`shows the survey at its size above everything, with ${name}`, async () => {
      const guest = await openHostilePage(surroundings, page)
      await panelOf(guest.page).waitFor()
      const box = await panelOf(guest.page).boundingBox()
      expect(box).toMatchObject({ width: 400, x: 1280 - 400 - 24 })
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBe(720 - 24)
      await answer(guest.page, name)
      await expectStored(surroundings, name)
      await expectUntouched(guest)
    })
  }
})
