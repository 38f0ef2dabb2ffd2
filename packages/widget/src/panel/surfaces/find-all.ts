/** The elements of the page that a selector names; none when this browser does not understand it. */
export function findAll(selector: string): HTMLElement[] {
  try {
    return [...document.querySelectorAll<HTMLElement>(selector)]
  } catch {
    return []
  }
}
