import type { Picture } from './interface.ts'
import { maxBytes, maxHeight, maxWidth } from './limits.ts'

const bestQuality = 0.85
const worstQuality = 0.55

/** How much of its size a picture of so many pixels may keep. */
export const fitScale = (width: number, height: number): number =>
  Math.min(1, maxWidth / width, maxHeight / height)

/** What to try after a picture was still too large: first quality goes, then pixels. */
export const smaller = ([scale, quality]: readonly [scale: number, quality: number]): [number, number] =>
  quality > worstQuality ? [scale, quality - 0.15] : [scale * 0.75, worstQuality]

/** Draws a picture anew, and no larger than it may be: WebP, or JPEG where the browser cannot write that. */
export async function encode(source: HTMLCanvasElement): Promise<Picture> {
  const { width, height } = source
  const preview = document.createElement('canvas')
  const write = (type: string, quality: number) =>
    new Promise<Blob>((resolve, reject) =>
      preview.toBlob((blob) => (blob ? resolve(blob) : reject()), type, quality),
    )
  let next: readonly [number, number] = [fitScale(width, height), bestQuality]
  for (;;) {
    const [scale, quality] = next
    preview.width = Math.max(1, width * scale)
    preview.height = Math.max(1, height * scale)
    preview.getContext('2d')?.drawImage(source, 0, 0, preview.width, preview.height)
    let image = await write('image/webp', quality)
    // What a browser cannot write it writes as PNG.
    if (image.type !== 'image/webp') image = await write('image/jpeg', quality)
    if (image.size <= maxBytes) return { image, preview }
    next = smaller(next)
  }
}
