import type { OpenSurface } from '../surface.ts'
import { frame } from './frame.tsx'
import { noDialog } from './no-dialog.ts'

/** The whole of a page that exists for this survey. Its question is the page's heading. */
export const openPage: OpenSurface = (options, { _openCard }) =>
  _openCard(
    ...frame(options, {
      _class: 'page',
      _stays: true,
      _attach: (host) => (document.querySelector('main') ?? document.body).append(host),
      _drawn({ card }) {
        noDialog(card)
        for (const heading of card.querySelectorAll('h2')) heading.setAttribute('aria-level', '1')
      },
    }),
  )
