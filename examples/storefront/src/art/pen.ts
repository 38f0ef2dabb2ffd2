export type Point = readonly [x: number, y: number]

/** One decimal is a tenth of a pixel: enough, and half the bytes. */
export const n = (value: number): string => String(Math.round(value * 10) / 10)

/** A curve through every point (Catmull-Rom as cubic Béziers), as path data that continues from the first point. */
export function through(points: readonly Point[]): string {
  let path = ''
  for (let i = 0; i < points.length - 1; i++) {
    const here = points[i] as Point
    const next = points[i + 1] as Point
    const before = points[i - 1] ?? here
    const after = points[i + 2] ?? next
    const out = [here[0] + (next[0] - before[0]) / 6, here[1] + (next[1] - before[1]) / 6] as const
    const into = [next[0] - (after[0] - here[0]) / 6, next[1] - (after[1] - here[1]) / 6] as const
    path += `C${n(out[0])} ${n(out[1])} ${n(into[0])} ${n(into[1])} ${n(next[0])} ${n(next[1])}`
  }
  return path
}

/** A repeatable stream of numbers in [0, 1): the same picture on every request (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Hands out ids that are unique in one picture. */
export function namer(): (role: string) => string {
  let count = 0
  return (role) => `${role}${count++}`
}

export type Namer = ReturnType<typeof namer>

/** A gradient across a turned form lit from the left: half light, light, shade, and a little light thrown back. */
export const turned = (id: string, glaze: { light: string; mid: string; dark: string }): string =>
  `<linearGradient id="${id}"><stop offset="0" stop-color="${glaze.mid}"/>` +
  `<stop offset=".24" stop-color="${glaze.light}"/><stop offset=".52" stop-color="${glaze.mid}"/>` +
  `<stop offset=".9" stop-color="${glaze.dark}"/><stop offset="1" stop-color="${glaze.mid}" stop-opacity=".9"/>` +
  `</linearGradient>`
