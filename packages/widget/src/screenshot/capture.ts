import { encode } from './encode.ts'
import type { Picture } from './interface.ts'

/** Capture Handle (https://www.w3.org/TR/capture-handle-identity/), which TypeScript's library does not know yet. */
interface Devices extends MediaDevices {
  setCaptureHandleConfig(config?: { handle: string; permittedOrigins: string[] }): void
}
type TabTrack = MediaStreamTrack & { getCaptureHandle(): { handle: string } | null }

/** After the visitor has agreed, the first frame is there within some tenths of a second. */
const frameTimeoutMs = 5_000

/** Of a frame's height; beyond it nobody looks for the mark. */
const markedShare = 0.25

/**
 * How far down our mark reaches in a frame, 0 while it is not in it: only then has the frame been drawn with everything
 * covered that is to be. Browsers also hand over older ones.
 */
function markEnd(context: CanvasRenderingContext2D, width: number, height: number): number {
  const rows = Math.floor(height * markedShare)
  // Red, green and blue, a third of the width each; video does not keep colours exactly.
  const columns = [1, 3, 5].map(
    (sixth) => context.getImageData(Math.floor((width * sixth) / 6), 0, 1, rows).data,
  )
  const isMarked = (row: number) =>
    columns.every((pixels, own) =>
      [0, 1, 2].every((color) => {
        const value = pixels[4 * row + color] ?? 0
        return color === own ? value > 150 : value < 110
      }),
    )
  let end = 0
  for (let row = 0; row < rows; row++) if (isMarked(row)) end = row + 1
  return end
}

/**
 * One frame of the page as the browser shows it, what lies above it included. Needs the visitor's press of a button just
 * before, and asks for their agreement. Rejects when it is not given, or given for anything but this tab: another tab, a
 * window or a screen shows what is none of the shop's business, and nothing there is masked.
 * Region Capture, which is granted for this tab alone too, gave no frame of a page that stood still, or never settled
 * (Chromium 153 and 156).
 */
export async function capture(layer: HTMLElement): Promise<Picture> {
  const devices = navigator.mediaDevices as Devices
  const handle = crypto.randomUUID()
  // Members that TypeScript's library does not know; browsers pass over those that are not theirs.
  const wish = {
    video: { displaySurface: 'browser', cursor: 'never' },
    audio: false,
    preferCurrentTab: true,
    selfBrowserSurface: 'include',
    surfaceSwitching: 'exclude',
    monitorTypeSurfaces: 'exclude',
  }
  const frame = document.createElement('canvas')
  const context = frame.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D
  devices.setCaptureHandleConfig({ handle, permittedOrigins: [location.origin] })
  let stream: MediaStream | undefined
  try {
    stream = await devices.getDisplayMedia(wish)
    if ((stream.getVideoTracks()[0] as TabTrack).getCaptureHandle()?.handle !== handle) throw handle
    const video = document.createElement('video')
    video.muted = true
    // No URL, so no policy of the page stands against it.
    video.srcObject = stream
    // The style sheet draws the mark.
    layer.classList.add('now')
    let isLate = false
    setTimeout(() => {
      isLate = true
    }, frameTimeoutMs)
    // Without a frame it waits for ever, or ends with the stream: both are seen below.
    video.play().catch(() => {})
    let top = 0
    while (!top) {
      if (isLate) throw handle
      await new Promise(requestAnimationFrame)
      // A page that stands still gives no further frame after one that was lost: the mark changes its height.
      layer.classList.toggle('odd')
      const { videoWidth, videoHeight } = video
      if (!videoWidth) continue
      frame.width = videoWidth
      frame.height = videoHeight
      context.drawImage(video, 0, 0)
      top = markEnd(context, videoWidth, videoHeight)
    }
    // A row more, in which the mark and the page run into each other.
    const below = context.getImageData(0, top + 1, frame.width, frame.height - top - 1)
    frame.height = below.height
    context.putImageData(below, 0, 0)
  } finally {
    for (const track of stream?.getTracks() ?? []) track.stop()
    devices.setCaptureHandleConfig()
  }
  return encode(frame)
}
