import { differingPixels } from '@heed/test-stack'
import { describe, expect, it } from 'vitest'
import { type HostilePage, openHostilePage, panelOf, useSurroundings } from './use-hostile-page.ts'

const style = (css: string): HostilePage => ({ head: `<style>${css}</style>` })

const pages: Record<string, HostilePage> = {
  'a reset': style(`*, *::before, *::after { margin: 0; padding: 0; border: 0; box-sizing: content-box }
    button, input, textarea { appearance: none; font: 100% serif; color: inherit; background: none; border-radius: 0 }
    ul { list-style: none } svg { display: inline; fill: red; width: 1em }`),
  'a framework with a look for every element':
    style(`:root { font-size: 18px; --accent: #0d6efd; --bg: #eee; --fg: #999;
      --radius: 0; --line: red; --key: blue }
    body { font: 400 1rem/1.5 "Times New Roman"; color: #212529; letter-spacing: .05em; word-spacing: .3em }
    button { padding: .375rem .75rem; text-transform: uppercase; border: 1px solid #0d6efd; background: #0d6efd; color: #fff }
    textarea { display: block; width: 100%; padding: 2rem; border: 3px solid green } h2 { font-size: 3rem; color: #0d6efd }
    .card { border: 5px solid red } .step { display: flex } .scale { gap: 40px } .close { display: none }
    .foot { background: lime } .main { color: red }`),
  'a dark theme':
    style(`:root { color-scheme: dark; --accent: #fff } html, body { background: #000; color: #eee }
    ::selection { background: red } ::placeholder { color: lime !important }`),
  'a page from right to left': {
    ...style('html { direction: rtl } body { text-align: right } * { unicode-bidi: bidi-override }'),
    body: '<script>document.documentElement.dir = "rtl"</script>',
  },
  'a root font of 30 pixels': style('html { font-size: 30px; line-height: 3 } body { font-size: 2rem }'),
  'a body that is moved, turned and zoomed': style(
    'body { transform: scale(1.7) rotate(4deg) translateX(90px); zoom: 1.5; perspective: 300px; contain: layout }',
  ),
  'a filter over everything': style(
    'html { filter: grayscale(1) } body { opacity: .5; mix-blend-mode: multiply }',
  ),
  'cascade layers and important rules':
    style(`@layer a, b; @layer a { * { color: red !important; padding: 9px !important } }
    @layer b { * { background: yellow !important; border: 4px dotted !important } } @layer { :root { zoom: 1 } }
    @scope (html) { :scope > * { margin: 50px !important; inset: 0 !important; width: 90vw !important } }`),
  'rules for every element':
    style(`* { all: revert; font: italic 700 31px/2 cursive !important; color: hotpink !important;
      letter-spacing: .4em !important; text-transform: uppercase !important; text-shadow: 0 0 5px red !important;
      text-align: right !important; white-space: nowrap !important; hyphens: auto !important; tab-size: 1 !important;
      word-break: break-all !important; writing-mode: vertical-rl !important; cursor: wait !important;
      user-select: none !important; visibility: hidden !important; animation: x 1s infinite !important;
      transition: all 3s !important; transform: skew(9deg) !important; filter: blur(2px) !important;
      clip-path: circle(20px) !important; mask: none !important; scale: .5 !important; rotate: 9deg !important }`),
  'a style sheet for paper': style(`@media all { * { background: #fff !important; color: #000 !important;
      box-shadow: none !important; border-radius: 0 !important; font: 12pt Georgia !important; float: none !important;
      position: static !important; overflow: visible !important; page-break-inside: avoid } a::after { content: attr(href) } }`),
}

describe('the open survey', () => {
  const surroundings = useSurroundings()

  /** The card on its first and on its second question. */
  async function portraits(hostile: HostilePage): Promise<Buffer[]> {
    const { page } = await openHostilePage(surroundings, hostile)
    const panel = panelOf(page)
    await panel.getByRole('radio').nth(10).waitFor()
    await page.evaluate(() => document.fonts.ready)
    const first = await panel.screenshot({ caret: 'hide' })
    await panel.getByRole('radio').nth(4).click()
    await panel.getByRole('textbox').click()
    await panel.getByRole('textbox').pressSequentially('Words')
    // The pointer rests on nothing of the card that would show it.
    await page.mouse.move(1, 1)
    return [first, await panel.screenshot({ caret: 'hide' })]
  }

  let plain: Promise<Buffer[]> | undefined
  for (const [name, hostile] of Object.entries(pages)) {
    it(`looks on a page with ${name} as it does on one without a style`, async () => {
      plain ??= portraits({})
      const here = await portraits(hostile)
      for (const [step, portrait] of here.entries())
        expect(
          differingPixels((await plain)[step] as Buffer, portrait, { corner: 24, edge: 1 }),
          `step ${step + 1}`,
        ).toBe(0)
    })
  }
})
