import { n, namer } from './pen.ts'
import { tilt } from './vessel.ts'
import type { Thing } from './ware.ts'

/** Where one thing stands in a picture. `x` and `y` are the middle of its foot. */
export interface Placed {
  thing: Thing
  x: number
  y: number
  scale?: number
  /** Half the width of its shadow on the table, before scaling. */
  foot: number
  /** Lies flat instead of standing: its shadow is a thin line. */
  flat?: boolean
  steam?: boolean
}

/** A wall, a table and the hour of the day. */
export interface Mood {
  wall: [far: string, near: string]
  table: [far: string, near: string]
  /** Colour and strength of the window's light on the wall. */
  window: string
  windowOpacity: number
}

export const moods = {
  paper: {
    wall: ['#efe7da', '#e4d8c6'],
    table: ['#d9c9b1', '#e9dfcf'],
    window: '#fffaf0',
    windowOpacity: 0.75,
  },
  sage: {
    wall: ['#cdd6c8', '#bcc8b8'],
    table: ['#dcd5c4', '#ebe5d8'],
    window: '#f6f8ee',
    windowOpacity: 0.55,
  },
  blush: {
    wall: ['#ecd6c6', '#e0c3ae'],
    table: ['#cfae95', '#e6d0bd'],
    window: '#fff3e6',
    windowOpacity: 0.7,
  },
  mist: {
    wall: ['#d4dadb', '#c3cbcd'],
    table: ['#d8d3c9', '#e8e4dc'],
    window: '#fbfdfd',
    windowOpacity: 0.6,
  },
  evening: {
    wall: ['#57493e', '#3f342c'],
    table: ['#6f5540', '#8a6b50'],
    window: '#f0b878',
    windowOpacity: 0.4,
  },
} satisfies Record<string, Mood>

/** Light through a window of four panes, thrown across the wall. */
function windowLight(width: number, horizon: number, mood: Mood, id: string): string {
  const w = Math.min(width * 0.3, 300)
  const x = width * 0.14
  const h = horizon * 0.78
  const y = horizon * 0.08
  const gap = w * 0.06
  const pane = (px: number, py: number): string => {
    const pw = (w - gap) / 2
    const ph = (h - gap) / 2
    const slant = (at: number): number => x + px + (at - y) * 0.34
    return `M${n(slant(y + py))} ${n(y + py)}h${n(pw)}L${n(slant(y + py + ph) + pw)} ${n(y + py + ph)}h${n(-pw)}Z`
  }
  const half = (w + gap) / 2
  const tall = (h + gap) / 2
  return (
    `<filter id="${id}" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="9"/></filter>` +
    `<path d="${pane(0, 0)}${pane(half, 0)}${pane(0, tall)}${pane(half, tall)}" fill="${mood.window}" opacity="${mood.windowOpacity}" filter="url(#${id})"/>`
  )
}

const steamOver = (x: number, y: number, scale: number, id: string): string =>
  `<filter id="${id}" x="-100%" y="-30%" width="300%" height="160%"><feGaussianBlur stdDeviation="5"/></filter>` +
  `<g transform="translate(${n(x)} ${n(y)}) scale(${scale})" fill="none" stroke="#fff" stroke-linecap="round" opacity=".55" filter="url(#${id})">` +
  `<path d="M-18 -8C-46 -52 10 -84 -16 -136C-24 -160 -6 -176 -2 -196" stroke-width="9"/><path d="M20 -4C46 -44 0 -74 24 -124C32 -142 26 -156 18 -170" stroke-width="7"/></g>`

/** A whole picture as an SVG document. The table begins at `horizon`; things are drawn from the back to the front. */
export function picture(
  width: number,
  height: number,
  horizon: number,
  mood: Mood,
  things: Placed[],
): string {
  const name = namer()
  const [wall, table, blur, contact] = ['w', 't', 'k', 'k'].map(name) as [string, string, string, string]
  const gradient = (id: string, [from, to]: [string, string]): string =>
    `<linearGradient id="${id}" x2="0" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`
  let drawn = ''
  for (const { thing, x, y, scale = 1, foot, flat, steam } of things) {
    const r = foot * scale
    const fall = flat ? 14 * scale : r * 0.75
    drawn += flat
      ? `<g fill="#2a1a0c"><rect x="${n(x - r + fall)}" y="${n(y - 20 * scale)}" width="${n(r * 2.04)}" height="${n(38 * scale)}" rx="16" opacity=".3" filter="url(#${blur})"/>` +
        `<rect x="${n(x - r * 0.98)}" y="${n(y - 4 * scale)}" width="${n(r * 1.97)}" height="${n(14 * scale)}" rx="7" opacity=".5" filter="url(#${contact})"/></g>`
      : `<g fill="#2a1a0c"><ellipse cx="${n(x + fall)}" cy="${n(y + r * 0.05)}" rx="${n(r * 1.7)}" ry="${n(r * tilt * 1.5)}" opacity=".26" filter="url(#${blur})"/>` +
        `<ellipse cx="${n(x + 4)}" cy="${n(y + 2)}" rx="${n(r * 1.08)}" ry="${n(r * tilt * 1.25)}" opacity=".5" filter="url(#${contact})"/></g>`
    drawn += `<g transform="translate(${n(x)} ${n(y)}) scale(${scale})">${thing(name)}</g>`
    if (steam) drawn += steamOver(x, y - 150 * scale, scale, name('s'))
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">` +
    `<defs>${gradient(wall, mood.wall)}${gradient(table, mood.table)}` +
    `<filter id="${blur}" x="-50%" y="-200%" width="200%" height="500%"><feGaussianBlur stdDeviation="14"/></filter>` +
    `<filter id="${contact}" x="-50%" y="-200%" width="200%" height="500%"><feGaussianBlur stdDeviation="4"/></filter></defs>` +
    `<path d="M0 0H${width}V${horizon}H0Z" fill="url(#${wall})"/>` +
    windowLight(width, horizon, mood, name('l')) +
    `<path d="M0 ${horizon}H${width}V${height}H0Z" fill="url(#${table})"/>` +
    `<path d="M0 ${horizon}H${width}" stroke="#2b1d10" stroke-width="2" opacity=".16"/>` +
    `${drawn}</svg>`
  )
}
