import { encode } from './encode.ts'
import type { Picture } from './interface.ts'

/** Capture Handle (https://www.w3.org/TR/capture-handle-identity/), which TypeScript's library does not know yet. */
interface Devices extends MediaDevices {
  setCaptureHandleConfig(config?: { handle: string; permittedOrigins: string[] }): void
}
type TabTrack = MediaStreamTrack & { getCaptureHandle(): { handle: string } | null }

/** After the visitor has agreed, the first frame is there within some tenths of a second. */
const frameTimeoutMs = 5_000

/** A page that stands still need not give a frame: this changes it, so that nobody sees it, until the signal aborts. */
function stir({ style }: HTMLElement, signal: AbortSignal): void {
  const change = () => {
    if (signal.aborted) return
    style.background = style.background ? '' : '#00000001'
    requestAnimationFrame(change)
  }
  change()
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
  const done = new AbortController()
  const frame = document.createElement('canvas')
  devices.setCaptureHandleConfig({ handle, permittedOrigins: [location.origin] })
  let stream: MediaStream | undefined
  try {
    stream = await devices.getDisplayMedia(wish)
    if ((stream.getVideoTracks()[0] as TabTrack).getCaptureHandle()?.handle !== handle) throw handle
    const video = document.createElement('video')
    video.muted = true
    // No URL, so no policy of the page stands against it.
    video.srcObject = stream
    stir(layer, done.signal)
    await Promise.race([video.play(), new Promise((_, reject) => setTimeout(reject, frameTimeoutMs))])
    frame.width = video.videoWidth
    frame.height = video.videoHeight
    frame.getContext('2d')?.drawImage(video, 0, 0)
  } finally {
    done.abort()
    for (const track of stream?.getTracks() ?? []) track.stop()
    devices.setCaptureHandleConfig()
  }
  return encode(frame)
}
