const isInView = ({ top, bottom }: DOMRect) => bottom > 0 && top < innerHeight

/**
 * Notes where everything stands that a change of the element's size could move. The function that is returned tells
 * whether the visitor would see none of it moved.
 */
export function noteBoxes(element: Element): () => boolean {
  const boxes = new Map<Element, DOMRect>()
  for (let at = element; at.parentElement; at = at.parentElement) {
    for (const box of [at.parentElement, ...at.parentElement.children])
      if (box !== at) boxes.set(box, box.getBoundingClientRect())
  }
  return () =>
    [...boxes].every(([box, was]) => {
      const is = box.getBoundingClientRect()
      return (is.top === was.top && is.left === was.left) || !(isInView(is) || isInView(was))
    })
}
