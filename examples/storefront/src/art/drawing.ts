import { n } from './pen.ts'
import { outline, tilt, type Vessel } from './vessel.ts'

/** The potter's sheet: the outline with its measures, on squared paper. `width` and `height` are written with their unit. */
export function measuredDrawing(profile: Vessel['profile'], width: string, height: string): string {
  const widest = Math.max(...profile.map(([radius]) => radius))
  const [rim, top] = profile[profile.length - 1] as [number, number]
  const scale = Math.min(470 / (widest * 2), 480 / top)
  const w = widest * scale
  const h = top * scale
  const foot = 690
  const left = 400 - w - 66
  const below = foot + 96
  let grid = ''
  for (let at = 40; at < 1000; at += 40) grid += `M0 ${at}H800${at < 800 ? `M${at} 0V1000` : ''}`
  const text =
    'font-family="Noto Sans, Helvetica, Arial, sans-serif" font-size="30" fill="#5d4a38" text-anchor="middle"'
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 1000" width="800" height="1000">` +
    `<path d="M0 0H800V1000H0Z" fill="#f3ecdf"/><path d="${grid}" stroke="#d8ccb6" fill="none"/>` +
    `<g transform="translate(400 ${foot}) scale(${scale.toFixed(3)})" fill="#faf6ee" stroke="#4a3a2c" stroke-width="${n(3.4 / scale)}" stroke-linejoin="round">` +
    `<path d="${outline(profile)}"/><ellipse cx="0" cy="${n(-top)}" rx="${n(rim)}" ry="${n(rim * tilt)}"/></g>` +
    `<path d="M400 ${n(foot - h - 60)}V${n(foot + 56)}" stroke="#a6401c" stroke-width="2" stroke-dasharray="18 7 4 7"/>` +
    `<path d="M${n(left)} ${n(foot - h)}V${foot}M${n(left - 14)} ${n(foot - h)}h28M${n(left - 14)} ${foot}h28M${n(400 - w)} ${below}H${n(400 + w)}M${n(400 - w)} ${below - 14}v28M${n(400 + w)} ${below - 14}v28" stroke="#5d4a38" stroke-width="2.4" fill="none"/>` +
    `<text x="400" y="${below + 58}" ${text}>${width}</text>` +
    `<text transform="translate(${n(left - 26)} ${n(foot - h / 2)}) rotate(-90)" ${text}>${height}</text></svg>`
  )
}
