import { type Html, trusted } from '../html.ts'

const icon = (body: string): Html =>
  trusted(
    `<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${body}</svg>`,
  )

export const icons = {
  cart: icon('<path d="M5 8.5h14l-1.2 11H6.2zM8.5 8.5V7a3.5 3.5 0 0 1 7 0v1.5"/>'),
  globe: icon(
    '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17"/>',
  ),
  egg: icon(
    '<path d="M12 3.5c3.6 0 6.3 5 6.3 9.3A6.3 6.3 0 0 1 12 20a6.3 6.3 0 0 1-6.3-7.2C5.7 8.5 8.4 3.5 12 3.500z"/><path d="M5.8 13.500l3-1.5 3 2 3.2-2 3.2 1.5"/>',
  ),
  heart: icon(
    '<path d="M12 19.500S4.5 15 4.5 9.600A4 4 0 0 1 12 7.500a4 4 0 0 1 7.5 2.100C19.5 15 12 19.5 12 19.500z"/>',
  ),
  fire: icon(
    '<path d="M12 3.500c.6 3.6 5.5 5.6 5.5 10.500a5.5 5.5 0 0 1-11 0c0-2.2 1.2-3.7 2.3-4.9.3 1.6 1 2.3 1.7 2.600C10.2 8.5 10.7 5.7 12 3.500z"/>',
  ),
  check: icon('<path d="M5 12.500l4.5 4.500L19 7.5"/>'),
  star: trusted(
    '<svg class="star" viewBox="0 0 20 20" width="16" height="16" fill="currentColor" aria-hidden="true"><path d="M10 2.200l2.35 4.9 5.35.72-3.9 3.73.96 5.320L10 14.260l-4.76 2.61.96-5.32-3.9-3.73 5.35-.72z"/></svg>',
  ),
}
