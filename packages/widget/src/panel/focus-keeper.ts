import type { Mounted } from './mount.ts'

/** A live region only speaks of what changes after screen readers have met it. */
const sayAfterMs = 150

/**
 * Looks after the focus of a visitor who is inside, and tells the others politely what is new. `follow` is called
 * once the view has changed, `giveBack` before the panel leaves.
 */
export function createFocusKeeper({ root, card, status }: Mounted, signal: AbortSignal) {
  let pointer = ''
  let cameFrom: HTMLElement | undefined
  const find = (selector: string) => card.querySelector<HTMLElement>(selector)

  // What drags the focus back to the page may listen while the event is on its way down; only the window hears it before.
  const enter = (event: Event) => {
    if (!event.composedPath().includes(root)) return
    event.stopPropagation()
    cameFrom = ((event as FocusEvent).relatedTarget as HTMLElement) ?? cameFrom
  }
  for (const type of ['focus', 'focusin']) addEventListener(type, enter, { capture: true, signal })
  card.addEventListener('pointerdown', ({ pointerType }) => {
    pointer = pointerType
  })
  card.addEventListener('keydown', () => {
    pointer = ''
  })
  return {
    _follow(isInside: boolean, hasEnded: boolean, isFirst: boolean) {
      const heading = find('#q')
      // A phone opens its keyboard for a field that gets the focus: that is for the visitor to ask. And thanks that
      // hold the focus could not leave by themselves.
      if (isInside && !(pointer && hasEnded)) {
        const field =
          hasEnded || isFirst || pointer === 'touch' ? null : find('[tabindex="0"],input,textarea')
        ;(field ?? heading)?.focus()
      } else
        setTimeout(() => {
          status.textContent = heading?.textContent ?? ''
        }, sayAfterMs)
    },
    /** To the first answer that was not taken: a field, or a group of choices. */
    _point: () =>
      find(':is(input,textarea,[tabindex])[aria-invalid=true],[aria-invalid=true] [tabindex="0"]')?.focus(),
    _giveBack() {
      if (root.activeElement) cameFrom?.focus()
    },
  }
}
