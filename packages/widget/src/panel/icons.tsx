/** Drawn in a box of 28, from 2 to 30; line width, joins and colours come from the style sheet. */
export const icon = (path: string, isRound?: boolean) => (
  <svg viewBox="2 2 28 28" aria-hidden="true">
    {isRound && <circle cx="16" cy="16" r="14" />}
    <path d={path} />
  </svg>
)

export const closeIcon = () => icon('M10 10l12 12M22 10L10 22')
export const checkIcon = () => icon('M10 16.5l4.2 4.2L22.5 12', true)
