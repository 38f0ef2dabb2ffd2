/**
 * How many CSS pixels of the upper or lower edge of the screen something of the page that stays in place already takes
 * across its width: a sticky header, a bar to buy. What takes a third of the height is none.
 */
export function takenEdge(isTop: boolean, own: Element): number {
  let taken = 0
  for (let at of document.elementsFromPoint(innerWidth / 2, isTop ? 1 : innerHeight - 1)) {
    while (at.parentElement && !/fixed|sticky/.test(getComputedStyle(at).position)) at = at.parentElement
    const { top, bottom, width } = at.getBoundingClientRect()
    const depth = isTop ? bottom : innerHeight - top
    if (at !== own && at.parentElement && width > innerWidth / 2 && depth < innerHeight / 3)
      taken = Math.max(taken, depth)
  }
  return taken
}
