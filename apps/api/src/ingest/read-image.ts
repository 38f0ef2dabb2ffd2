import { maxScreenshotSide } from '@heed/contract'
import type { Screenshot, ScreenshotType } from '@heed/db'
import { imageSize } from 'image-size'
import { ProblemError } from '../errors.ts'

/** How a file of each type begins. */
const beginnings: [type: ScreenshotType, isIt: (image: Buffer) => boolean][] = [
  ['image/png', (image) => image.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))],
  ['image/jpeg', (image) => image.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))],
  [
    'image/webp',
    (image) => image.toString('latin1', 0, 4) === 'RIFF' && image.toString('latin1', 8, 12) === 'WEBP',
  ],
]

export const imageTypes: ScreenshotType[] = beginnings.map(([type]) => type)

/**
 * An image by what it holds, whatever its sender calls it; only its header is read.
 * @throws {ProblemError} `invalid_image`
 */
export function readImage(image: Buffer, claimed: string): Screenshot {
  const type = beginnings.find(([, isIt]) => isIt(image))?.[0]
  if (!type) throw new ProblemError('invalid_image', `body: expected one of ${imageTypes.join(', ')}`)
  if (type !== claimed) {
    throw new ProblemError('invalid_image', `content-type: says ${claimed}, but the body is ${type}`)
  }
  const { width, height } = sizeOf(image)
  if (width < 1 || height < 1 || width > maxScreenshotSide || height > maxScreenshotSide) {
    const detail = `body: expected at most ${maxScreenshotSide} pixels a side, got ${width} x ${height}`
    throw new ProblemError('invalid_image', detail)
  }
  return { type, width, height, image }
}

function sizeOf(image: Buffer): { width: number; height: number } {
  try {
    return imageSize(image)
  } catch (cause) {
    throw new ProblemError('invalid_image', 'body: the header of the image cannot be read', { cause })
  }
}
