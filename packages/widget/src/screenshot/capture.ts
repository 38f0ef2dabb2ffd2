import { encode } from './encode.ts'
import type { Picture } from './interface.ts'

/** Region Capture (https://www.w3.org/TR/mediacapture-region/), which TypeScript's library does not know yet. */
declare const CropTarget: { fromElement(element: Element): Promise<object> }
type TabTrack = MediaStreamTrack & { cropTo(target: object): Promise<void> }

/** After the visitor has agreed, the first frame is there within some tens of milliseconds. */
const frameTimeoutMs = 5_000

/** A page that stands still gives no frame: this changes it, so that nobody sees it, until the signal aborts. */
function stir({ style }: HTMLElement, signal: AbortSignal): void {
  const change = () => {
    if (signal.aborted) return
    style.background = style.background ? '' : '#00000001'
    requestAnimationFrame(change)
  }
  change()
}

/**
 * One frame of what `area` covers, as the browser shows it. Needs the visitor's press of a button just before, and asks
 * for their agreement. Rejects when it is not given, or given for anything but this tab: only its own elements can be
 * cropped to.
 */
export async function capture(area: HTMLElement): Promise<Picture> {
  // Members that TypeScript's library does not know; browsers pass over those that are not theirs.
  const wish = {
    video: { displaySurface: 'browser', cursor: 'never' },
    audio: false,
    preferCurrentTab: true,
    selfBrowserSurface: 'include',
    surfaceSwitching: 'exclude',
    monitorTypeSurfaces: 'exclude',
  }
  const stream = await navigator.mediaDevices.getDisplayMedia(wish)
  const frame = document.createElement('canvas')
  const isThere = new AbortController()
  try {
    await (stream.getVideoTracks()[0] as TabTrack).cropTo(await CropTarget.fromElement(area))
    const video = document.createElement('video')
    video.muted = true
    // No URL, so no policy of the page stands against it.
    video.srcObject = stream
    stir(area, isThere.signal)
    await Promise.race([video.play(), new Promise((_, reject) => setTimeout(reject, frameTimeoutMs))])
    frame.width = video.videoWidth
    frame.height = video.videoHeight
    frame.getContext('2d')?.drawImage(video, 0, 0)
  } finally {
    isThere.abort()
    for (const track of stream.getTracks()) track.stop()
  }
  return encode(frame)
}
