import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'

export interface PixelOptions {
  /** Side of the squares in the four corners that are not compared, as what lies behind shows there. @default 0 */
  corner?: number
  /** Width of the frame that is not compared, where a box that ends between two pixels is mixed with what lies behind. @default 0 */
  edge?: number
  /** How far a colour may be off, 0 to 1. @default 0.02 */
  threshold?: number
}

/** Pixels in which two pictures (PNG) differ; every one of them when they are not of one size. */
export function differingPixels(
  one: Buffer,
  other: Buffer,
  { corner = 0, edge = 0, threshold = 0.02 }: PixelOptions = {},
): number {
  const left = PNG.sync.read(one)
  const right = PNG.sync.read(other)
  const { width, height } = left
  if (width !== right.width || height !== right.height) return width * height
  const clear = (picture: PNG, w: number, h: number, x: number, y: number) =>
    PNG.bitblt(new PNG({ width: w, height: h }), picture, 0, 0, w, h, x, y)
  for (const picture of [left, right]) {
    for (const x of [0, width - corner])
      for (const y of [0, height - corner]) if (corner) clear(picture, corner, corner, x, y)
    for (const x of [0, width - edge]) if (edge) clear(picture, edge, height, x, 0)
    for (const y of [0, height - edge]) if (edge) clear(picture, width, edge, 0, y)
  }
  return pixelmatch(left.data, right.data, undefined, width, height, { threshold, includeAA: true })
}
