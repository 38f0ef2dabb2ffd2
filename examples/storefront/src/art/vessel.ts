import type { Glaze } from './glazes.ts'
import { dice, type Namer, n, type Point, through, turned } from './pen.ts'

/** Half the height of a circle seen at table height, as a share of its width. */
export const tilt = 0.17

/** A form turned on the wheel. Lengths are picture units; the foot stands at 0 0 and y grows downward. */
export interface Vessel {
  /** Half widths and heights from the foot up to the rim. */
  profile: readonly (readonly [radius: number, height: number])[]
  glaze: Glaze
  /** Bare clay below this height. */
  dip?: { height: number; clay: Glaze }
  /** What it is filled with. */
  tea?: { light: string; dark: string }
  /** A closed form (a lid, a pack) has no inside. */
  closed?: boolean
  /** Thickness of the wall at the rim. @default 7 */
  wall?: number
  seed?: number
}

const ellipse = (cy: number, r: number, fill: string, more = ''): string =>
  `<ellipse cx="0" cy="${n(cy)}" rx="${n(r)}" ry="${n(r * tilt)}" fill="${fill}"${more}/>`

/** The silhouette: down the left side, round the foot, up the right side. */
export function outline(profile: Vessel['profile']): string {
  const right: Point[] = profile.map(([radius, height]) => [radius, -height])
  const left: Point[] = right.map(([x, y]) => [-x, y] as const).reverse()
  const [foot] = right as [Point]
  const [start] = left as [Point]
  const rim = right[right.length - 1] as Point
  return (
    `M${n(start[0])} ${n(start[1])}${through(left)}` +
    `A${n(foot[0])} ${n(foot[0] * tilt)} 0 0 0 ${n(foot[0])} ${n(foot[1])}${through(right)}` +
    `A${n(rim[0])} ${n(rim[0] * tilt)} 0 0 0 ${n(start[0])} ${n(start[1])}Z`
  )
}

/** Half width at a height, between the turned points. */
function widthAt(profile: Vessel['profile'], height: number): number {
  for (let i = 1; i < profile.length; i++) {
    const [r1, h1] = profile[i] as [number, number]
    const [r0, h0] = profile[i - 1] as [number, number]
    if (height <= h1) return r0 + ((r1 - r0) * (height - h0)) / (h1 - h0 || 1)
  }
  return profile[profile.length - 1]?.[0] ?? 0
}

function specks({ profile, glaze, seed = 7 }: Vessel): string {
  if (!glaze.speck) return ''
  const roll = dice(seed)
  const top = profile[profile.length - 1]?.[1] ?? 0
  let dots = ''
  for (let i = 0; i < top / 3.4; i++) {
    const height = roll() * top
    const x = (roll() * 2 - 1) * widthAt(profile, height) * 0.97
    const size = 0.5 + roll() ** 3 * 2.1
    dots += `<circle cx="${n(x)}" cy="${n(-height)}" r="${n(size)}" opacity="${n(0.25 + roll() * 0.45)}"/>`
  }
  return `<g fill="${glaze.speck}">${dots}</g>`
}

/** The edge where the glaze ends: it followed the turning wheel, so it is never quite level. */
function glazeEdge({ profile, dip, seed = 7 }: Vessel): string {
  if (!dip) return ''
  const roll = dice(seed + 100)
  const width = widthAt(profile, dip.height)
  const beyond = Math.max(...profile.map(([radius]) => radius)) * 1.2
  const points: Point[] = [[-beyond, -dip.height]]
  for (let i = 0; i <= 8; i++) {
    const turn = (i / 8) * 2 - 1
    const bow = Math.sqrt(1 - turn * turn) * width * tilt
    points.push([turn * width, -dip.height + bow + (roll() - 0.5) * 11])
  }
  points.push([beyond, -dip.height])
  return `M${n(-beyond)} ${n(-dip.height)}${through(points)}`
}

export function drawVessel(vessel: Vessel, name: Namer): string {
  const { profile, glaze, dip, tea, closed, wall = 7 } = vessel
  const [body, under, clip, inside, soft, foot] = ['b', 'u', 'c', 'i', 's', 'f'].map(name) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  const [rim, height] = profile[profile.length - 1] as [number, number]
  const widest = Math.max(...profile.map(([radius]) => radius))
  const path = outline(profile)
  const edge = glazeEdge(vessel)
  const inner = rim - wall

  const defs =
    turned(body, glaze) +
    (dip ? turned(under, dip.clay) : '') +
    `<clipPath id="${clip}"><path d="${path}"/></clipPath>` +
    `<linearGradient id="${inside}"><stop stop-color="${glaze.insideDark}"/><stop offset=".8" stop-color="${glaze.insideLight}"/></linearGradient>` +
    `<filter id="${soft}" x="-100%" y="-50%" width="300%" height="200%"><feGaussianBlur stdDeviation="${n(widest * 0.055)}"/></filter>` +
    `<linearGradient id="${foot}" x2="0" y2="1"><stop offset=".45" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#1a0f05" stop-opacity=".42"/></linearGradient>`

  const surface = dip
    ? `<path d="${path}" fill="url(#${under})"/><g clip-path="url(#${clip})">` +
      `<path d="${edge}V${n(-height - rim)}H${n(-widest * 1.2)}Z" fill="url(#${body})"/>` +
      `<path d="${edge}" fill="none" stroke="${glaze.dark}" stroke-width="3.5" opacity=".55"/>` +
      `<path d="${edge}" fill="none" stroke="#fff" stroke-width="1.4" opacity=".3" transform="translate(0 -3.4)"/></g>`
    : `<path d="${path}" fill="url(#${body})"/>`

  const light =
    `<g clip-path="url(#${clip})">${specks(vessel)}<path d="${path}" fill="url(#${foot})"/>` +
    `<ellipse cx="${n(-widest * 0.52)}" cy="${n(-height * 0.56)}" rx="${n(widest * 0.1)}" ry="${n(height * 0.26)}" fill="#fff" opacity="${n(glaze.gloss * 0.85)}" filter="url(#${soft})"/></g>`

  if (closed) return `<defs>${defs}</defs>${surface}${light}`

  const hole = name('h')
  const surfaceOfTea = tea
    ? `<g clip-path="url(#${hole})">` +
      `<ellipse cx="0" cy="${n(-height + inner * tilt * 0.5)}" rx="${n(inner * 0.97)}" ry="${n(inner * tilt * 0.95)}" fill="${tea.dark}"/>` +
      `<ellipse cx="${n(inner * 0.1)}" cy="${n(-height + inner * tilt * 0.58)}" rx="${n(inner * 0.8)}" ry="${n(inner * tilt * 0.72)}" fill="${tea.light}" opacity=".65"/>` +
      `<ellipse cx="${n(-inner * 0.3)}" cy="${n(-height + inner * tilt * 0.3)}" rx="${n(inner * 0.3)}" ry="${n(inner * tilt * 0.16)}" fill="#fff" opacity=".35"/></g>`
    : ''
  return (
    `<defs>${defs}<clipPath id="${hole}">${ellipse(-height, inner, '#000')}</clipPath></defs>` +
    surface +
    light +
    ellipse(-height, rim, glaze.rim) +
    ellipse(-height + 1.2, inner, `url(#${inside})`) +
    surfaceOfTea +
    `<path d="M${n(-rim + 1)} ${n(-height)}A${n(rim - 1)} ${n((rim - 1) * tilt)} 0 0 0 ${n(rim * 0.2)} ${n(-height + rim * tilt * 0.97)}" fill="none" stroke="#fff" stroke-width="2" opacity=".4"/>`
  )
}
