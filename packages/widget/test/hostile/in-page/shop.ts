import { createElement as h, useState } from 'react'

function Counter() {
  const [count, setCount] = useState(0)
  return h('button', { id: 'count', type: 'button', onClick: () => setCount(count + 1) }, `Count ${count}`)
}

/** A whole document of React's; its head is somebody else's markup. */
export function Shop({ head }: { head: string }) {
  return h(
    'html',
    { lang: 'en' },
    // biome-ignore lint/security/noDangerouslySetInnerHtml: the test's own markup, the same on both sides
    h('head', { dangerouslySetInnerHTML: { __html: head }, suppressHydrationWarning: true }),
    h('body', null, h('h1', null, 'Shop'), h(Counter)),
  )
}
