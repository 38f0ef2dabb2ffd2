const popup = 'aria-haspopup'
const expanded = 'aria-expanded'

/** What a visitor presses to open the form; assistive technology is told that it does, and whether it is open. */
export function createTriggers(onPress: (trigger: HTMLElement, isOpen: boolean) => void) {
  const life = new AbortController()
  /** What the page itself had said about each. */
  const before = new Map<HTMLElement, (string | null)[]>()
  let isOpen = false
  const say = (trigger: Element, name: string, value: string | null = null) =>
    value === null ? trigger.removeAttribute(name) : trigger.setAttribute(name, value)

  return {
    /** Adding one twice is harmless. */
    _add(trigger: HTMLElement) {
      if (before.has(trigger)) return
      before.set(trigger, [trigger.getAttribute(popup), trigger.getAttribute(expanded)])
      say(trigger, popup, 'dialog')
      say(trigger, expanded, `${isOpen}`)
      const press = (event: Event) => {
        // Where a link leads is for pages without us.
        event.preventDefault()
        onPress(trigger, isOpen)
      }
      trigger.addEventListener('click', press, { signal: life.signal })
    },
    _tell(value: boolean) {
      isOpen = value
      for (const trigger of before.keys()) say(trigger, expanded, `${value}`)
    },
    /** Leaves all of them as they were. */
    _restore() {
      life.abort()
      for (const [trigger, [was, wasExpanded]] of before) {
        say(trigger, popup, was)
        say(trigger, expanded, wasExpanded)
      }
    },
  }
}
