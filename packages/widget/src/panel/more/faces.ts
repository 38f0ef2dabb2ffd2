import { panel } from '../kit.ts'

export const star = () =>
  panel._icon('M16 3.5l3.8 7.9 8.7 1.2-6.3 6 1.5 8.7-7.7-4.2-7.7 4.2 1.5-8.7-6.3-6 8.7-1.2z')

/** The faces from 1 (very unhappy) to 5 (very happy): eyes, and a mouth that bends with the step. */
export const smiley = (step: number) => {
  const bend = (step - 3) * 3.5
  return panel._icon(`M11.5 11.5v1.5M20.5 11.5v1.5M10.5 ${20.5 - bend / 3}q5.5 ${bend} 11 0`, true)
}

const thumbUp =
  'M11 15v11H6V15zM11 15l4.5-9.5c2 0 3.3 1.4 3.3 3.3V13h6c1.6 0 2.7 1.4 2.4 3l-1.3 7.6A3 3 0 0 1 23 26H11'

/** The same hand, turned upside down and not around: both thumbs stand on the same side. */
const thumbDown =
  'M11 17V6H6v11zM11 17l4.5 9.5c2 0 3.3-1.4 3.3-3.3V19h6c1.6 0 2.7-1.4 2.4-3l-1.3-7.6A3 3 0 0 0 23 6H11'

export const thumb = (key: string) => panel._icon(key === 'up' ? thumbUp : thumbDown)

/** The box of a checkbox; the style sheet shows its hook when it is ticked. */
export const box = () => panel._icon('M10 16.5l4.2 4.2L22.5 12')

/** Leads out of here. */
export const away = () => panel._icon('M11 21L22 10M13 10h9v9')
