/** What somebody may mean, for those who step through the page by keys. */
const meant =
  'a,button,input,select,textarea,label,summary,img,svg,video,canvas,h1,h2,h3,h4,h5,h6,p,li,td,th,form,[role]'

/** Elements in view, in the order of the document. */
export const elementsInView = (): Element[] =>
  [...document.body.querySelectorAll(meant)].filter((element) => {
    const { left, top, right, bottom, width, height } = element.getBoundingClientRect()
    return width && height && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight
  })

/** What stands there under our layer; undefined for the page as a whole. */
export const elementAt = ({ clientX, clientY }: MouseEvent, layer: Element): Element | undefined => {
  const found = document.elementsFromPoint(clientX, clientY).find((element) => element !== layer)
  return found?.matches('html,body') ? undefined : found
}

const maxNameLength = 80

/** How to call an element to somebody who does not see it. */
export const nameOf = (element: Element | undefined): string =>
  element
    ? (
        element.ariaLabel ||
        element.getAttribute('alt') ||
        element.textContent?.trim() ||
        element.localName
      ).slice(0, maxNameLength)
    : document.title
