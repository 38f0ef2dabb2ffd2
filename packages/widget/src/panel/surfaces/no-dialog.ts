/** What stands in the page, or inside of a dialog, is none. */
export function noDialog(card: HTMLElement): void {
  card.removeAttribute('role')
  card.removeAttribute('aria-labelledby')
}
