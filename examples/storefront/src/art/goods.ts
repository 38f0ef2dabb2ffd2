import { type Glaze, glazes } from './glazes.ts'
import { dice, n, turned } from './pen.ts'
import { drawVessel, tilt } from './vessel.ts'
import { profiles, type Thing } from './ware.ts'

/** A caddy with its brewing temperature on the label. */
export const caddy =
  (degrees: number, paper: Glaze, ink: string): Thing =>
  (name) => {
    const [label, lid] = [name('g'), name('g')]
    const r = 88
    const band = (top: number, bottom: number): string =>
      `M${-r} ${-top}A${r} ${n(r * tilt)} 0 0 0 ${r} ${-top}V${-bottom}A${r} ${n(r * tilt)} 0 0 1 ${-r} ${-bottom}Z`
    return (
      `<defs>${turned(label, { light: '#fdf8ee', mid: '#f0e7d6', dark: '#b7a78c' })}${turned(lid, glazes.brass)}</defs>` +
      drawVessel(
        {
          profile: [
            [r, 0],
            [r, 250],
          ],
          glaze: paper,
          closed: true,
          seed: degrees,
        },
        name,
      ) +
      `<path d="${band(176, 52)}" fill="url(#${label})"/>` +
      `<path d="${band(178, 174)}" fill="${ink}"/><path d="${band(54, 50)}" fill="${ink}"/>` +
      `<text x="-2" y="-86" text-anchor="middle" font-family="Noto Serif Display, Palatino, Georgia, serif" font-size="62" fill="${ink}">${degrees}°</text>` +
      `<path d="${band(258, 214)}" fill="url(#${lid})"/>` +
      `<path d="M${-r} -214A${r} ${n(r * tilt)} 0 0 0 ${r} -214" fill="none" stroke="#3a2912" stroke-width="3" opacity=".5"/>` +
      `<ellipse cx="0" cy="-258" rx="${r}" ry="${n(r * tilt)}" fill="${glazes.brass.rim}"/>` +
      `<ellipse cx="-14" cy="-260" rx="52" ry="7" fill="#fff6d8" opacity=".55"/>` +
      `<path d="M-56 -244V-212" stroke="#fff" stroke-width="9" opacity=".45" stroke-linecap="round"/>`
    )
  }

/** A long oak tray with a carved edge. */
export const tray: Thing = (name) => {
  const [top, clip] = [name('g'), name('c')]
  const roll = dice(12)
  let grain = ''
  for (let i = 0; i < 15; i++) {
    const y = -84 + i * 6 + roll() * 3
    const sway = roll() * 9 - 4
    grain += `<path d="M-260 ${n(y)}C-120 ${n(y + sway)} 60 ${n(y - sway)} 260 ${n(y + sway / 2)}" stroke-width="${n(0.7 + roll() * 1.6)}" opacity="${n(0.15 + roll() * 0.35)}"/>`
  }
  const face =
    'M-178 -92H178C196 -92 204 -88 210 -78L238 -26C246 -12 240 -6 222 -6H-222C-240 -6 -246 -12 -238 -26L-210 -78C-204 -88 -196 -92 -178 -92Z'
  const well =
    'M-172 -84H172C188 -84 194 -80 199 -72L222 -30C228 -20 224 -16 208 -16H-208C-224 -16 -228 -20 -222 -30L-199 -72C-194 -80 -188 -84 -172 -84Z'
  return (
    `<defs><linearGradient id="${top}" x2="1" y2=".3"><stop stop-color="${glazes.oak.light}"/><stop offset="1" stop-color="${glazes.oak.mid}"/></linearGradient>` +
    `<clipPath id="${clip}"><path d="${face}"/></clipPath></defs>` +
    `<path d="M-241 -20C-246 4 -236 12 -216 12H216C236 12 246 4 241 -20Z" fill="${glazes.oak.dark}"/>` +
    `<path d="${face}" fill="url(#${top})"/><g clip-path="url(#${clip})" fill="none" stroke="#6f4a28">${grain}` +
    `<path d="${well}" stroke="#6b4525" stroke-width="3.5" opacity=".55"/>` +
    `<path d="${well}" stroke="#f8e2be" stroke-width="1.6" opacity=".7" transform="translate(2 2.6)"/></g>` +
    `<path d="M-232 -9C-224 -5 -218 -6 222 -6" fill="none" stroke="#f3d7ab" stroke-width="2" opacity=".6"/>`
  )
}

/** Linen folded in three, one coloured stripe showing at the edge. */
export const cloth: Thing = (name) => {
  const id = name('g')
  const roll = dice(4)
  const fold = (y: number, w: number, h: number): string => {
    const s = roll() * 6
    return (
      `<path d="M${-w} ${n(y)}C${-w - 14} ${n(y - h * 0.2)} ${-w - 14} ${n(y - h * 0.8)} ${-w} ${n(y - h)}L${n(w + s)} ${n(y - h)}V${n(y)}Z" fill="url(#${id})"/>` +
      `<path d="M${-w} ${n(y)}H${n(w + s)}" stroke="#5e5342" stroke-width="2.5" opacity=".4"/>` +
      `<path d="M${w - 52} ${n(y - h)}V${n(y)}M${w - 36} ${n(y - h)}V${n(y)}" stroke="#a6401c" stroke-width="6" opacity=".85"/>`
    )
  }
  let weave = ''
  for (let i = 0; i < 26; i++) {
    const x = -172 + i * 14
    weave += `M${x + 30} -152L${x - 2} -98`
  }
  for (let i = 0; i < 6; i++) weave += `M-176 ${-104 - i * 9}H196`
  return (
    `<defs><linearGradient id="${id}"><stop stop-color="#cfc3ab"/><stop offset=".3" stop-color="#ece3d1"/><stop offset="1" stop-color="#bcae94"/></linearGradient></defs>` +
    fold(0, 186, 32) +
    fold(-32, 184, 34) +
    fold(-66, 182, 32) +
    `<path d="M-182 -98C-184 -120 -168 -150 -152 -154H206C200 -150 186 -112 184 -98Z" fill="#f1e9d9"/>` +
    `<path d="${weave}" stroke="#b7a98d" stroke-width="1" opacity=".35" fill="none"/>` +
    `<path d="M132 -98L154 -154M148 -98L170 -154" stroke="#a6401c" stroke-width="6" opacity=".85"/>`
  )
}

/** A bottle vase with one branch in bud. */
export const vase: Thing = (name) => {
  const leaf = (x: number, y: number, turn: number, size: number, fill: string): string =>
    `<path transform="translate(${x} ${y}) rotate(${turn}) scale(${size})" d="M0 0C10 -16 34 -18 48 -4C34 8 12 10 0 0Z" fill="${fill}"/>`
  const bud = (x: number, y: number, r: number): string =>
    `<circle cx="${x}" cy="${y}" r="${r}" fill="#c9653a"/><circle cx="${x - r * 0.3}" cy="${y - r * 0.35}" r="${n(r * 0.38)}" fill="#f0b48f" opacity=".8"/>`
  return (
    `<path d="M4 -262C8 -330 -14 -380 22 -452C34 -480 70 -500 92 -528M16 -400C-10 -428 -44 -432 -70 -462M24 -452C40 -452 62 -448 84 -432" fill="none" stroke="#5a4331" stroke-width="6" stroke-linecap="round"/>` +
    leaf(-4, -350, -160, 0.9, '#6f8a6c') +
    leaf(10, -380, -22, 1, '#8aa481') +
    leaf(-44, -432, -118, 0.8, '#8aa481') +
    leaf(60, -446, 30, 0.85, '#6f8a6c') +
    leaf(48, -482, -100, 0.8, '#7d977a') +
    bud(-72, -466, 10) +
    bud(94, -532, 11) +
    bud(88, -432, 9) +
    bud(70, -506, 7) +
    bud(-26, -432, 7) +
    drawVessel({ profile: profiles.vase, glaze: glazes.dusk, seed: 77, wall: 6 }, name)
  )
}
