/** Drawn in a box of 28, from 2 to 30; line width, joins and colours come from the style sheet. */
const icon = (path: string, isRound?: boolean) => (
  <svg viewBox="2 2 28 28" aria-hidden="true">
    {isRound && <circle cx="16" cy="16" r="14" />}
    <path d={path} />
  </svg>
)

export const closeIcon = () => icon('M10 10l12 12M22 10L10 22')
export const checkIcon = () => icon('M10 16.5l4.2 4.2L22.5 12', true)
export const star = () => icon('M16 3.5l3.8 7.9 8.7 1.2-6.3 6 1.5 8.7-7.7-4.2-7.7 4.2 1.5-8.7-6.3-6 8.7-1.2z')

/** The faces from 1 (very unhappy) to 5 (very happy): eyes, and a mouth that bends with the step. */
export const smiley = (step: number) => {
  const bend = (step - 3) * 3.5
  return icon(`M11.5 11.5v1.5M20.5 11.5v1.5M10.5 ${20.5 - bend / 3}q5.5 ${bend} 11 0`, true)
}
