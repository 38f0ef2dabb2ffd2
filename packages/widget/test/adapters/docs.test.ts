import { readFile } from 'node:fs/promises'
import { adapterNames } from '@heed/contract'
import { describe, expect, test, vi } from 'vitest'

const doc = (name: string) => readFile(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8')

/** Our own words for events: GA4's, and `friction`. */
const canonical =
  /page_view|view_item_list|view_item|select_item|search|add_to_cart|remove_from_cart|view_cart|begin_checkout|add_shipping_info|add_payment_info|purchase|refund|view_promotion|select_promotion|friction/

const sorted = (names: Iterable<string>) => [...new Set(names)].sort()

describe.each(adapterNames)('the page about %s', (name) => {
  test('names exactly the events that its adapter tells', async () => {
    const source = await readFile(new URL(`../../src/adapters/${name}.ts`, import.meta.url), 'utf8')
    const told = [...source.matchAll(new RegExp(`'(${canonical.source})'`, 'g'))].map(
      (match) => match[1] ?? '',
    )
    const rows = (await doc(name)).split('\n').filter((line) => /^\| .* \| /.test(line))
    const named = rows.flatMap(
      (line) => new RegExp(`^\\|[^|]*\\| \`(${canonical.source})\``).exec(line)?.[1] ?? [],
    )
    expect(sorted(named)).toEqual(sorted(told))
  })

  test('says how it is installed, what is heard, and where it ends', async () => {
    const headings = (await doc(name)).match(/^## .*/gm)
    expect(headings).toEqual(['## Install', '## What is heard', '## Consent', '## Limits'])
    expect(await doc(name)).toContain(`data-adapters="${name}"`)
  })
})

describe('the code on a page passes on', () => {
  type Heed = ReturnType<typeof vi.fn>

  /** Runs the page's only script as a page would. */
  async function run(name: string, globals: Record<string, unknown>): Promise<Heed> {
    const [, code = ''] = /```js\n([\s\S]*?)```/.exec(await doc(name)) ?? []
    const heed = vi.fn()
    const all = { heed, window: globals, document: { cookie: '' }, ...globals }
    new Function(...Object.keys(all), code)(...Object.values(all))
    return heed
  }
  const both = (storage: string, identify = storage) => ['consent', { storage, identify }]

  test('what the WP Consent API says', async () => {
    const given = new Set<string>()
    const document = new EventTarget()
    const globals = { document, wp_has_consent: (category: string) => given.has(category) }
    const heed = await run('woocommerce', globals)
    expect(heed).not.toHaveBeenCalled()
    document.dispatchEvent(new Event('wp_consent_type_defined'))
    expect(heed).toHaveBeenLastCalledWith(...both('denied'))
    given.add('statistics')
    document.dispatchEvent(new Event('wp_listen_for_consent_change'))
    expect(heed).toHaveBeenLastCalledWith(...both('denied', 'granted'))
    given.add('preferences')
    document.dispatchEvent(new Event('wp_listen_for_consent_change'))
    expect(heed).toHaveBeenLastCalledWith(...both('granted'))
    expect(await run('woocommerce', { ...globals, wp_consent_type: 'optin' })).toHaveBeenCalledWith(
      ...both('granted'),
    )
  })

  test('what BigCommerce’s banner says', async () => {
    const callbacks: ((choice: object) => void)[] = []
    const add = (callback: () => void) => callbacks.push(callback)
    const heed = await run('bigcommerce', { bodlEvents: { consent: { loaded: add, updated: add } } })
    callbacks[0]?.({ advertising: false, analytics: false, functional: true })
    expect(heed).toHaveBeenLastCalledWith(...both('denied'))
    callbacks[1]?.({ advertising: false, analytics: true, functional: true })
    expect(heed).toHaveBeenLastCalledWith(...both('granted'))
    expect(await run('bigcommerce', {})).not.toHaveBeenCalled()
  })

  test('what Adobe Commerce’s cookie notice says', async () => {
    let onAccepted = () => {}
    const jQuery = () => ({ on: (_name: string, callback: () => void) => (onAccepted = callback) })
    const heed = await run('adobe-commerce', {
      require: (_names: string[], run: (jq: typeof jQuery) => void) => run(jQuery),
    })
    expect(heed).not.toHaveBeenCalled()
    onAccepted()
    expect(heed).toHaveBeenLastCalledWith(...both('granted'))
  })
})
