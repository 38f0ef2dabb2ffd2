/** Seen: at least half in the viewport, of a visible page, for one second. */
const seenAfterMs = 1000

/** Calls `onSeen` once the element has been seen. Watching ends with the element: what is removed is out of view. */
export function watchSeen(element: Element, onSeen: () => void): void {
  let timer: ReturnType<typeof setTimeout>
  const observer = new IntersectionObserver(
    (entries) => {
      clearTimeout(timer)
      if (entries.some(({ intersectionRatio }) => intersectionRatio >= 0.5)) wait()
    },
    { threshold: 0.5 },
  )
  const wait = () => {
    timer = setTimeout(() => {
      if (document.hidden) return wait()
      observer.disconnect()
      onSeen()
    }, seenAfterMs)
  }
  observer.observe(element)
}
