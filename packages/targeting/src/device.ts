import type { Device } from '@heed/contract'

/** What the page can tell of its device without reading the user agent. */
export interface Screen {
  /** The shorter side of the screen in CSS pixels, so that turning a phone does not make it a tablet. */
  width: number
  /** The primary pointer is a finger, `matchMedia('(pointer: coarse)')`: a laptop with a touch screen is a desktop. */
  touch: boolean
}

/** 600 CSS pixels is where Android's own layouts change from phone to tablet; the widest phones have 480. */
export const deviceOf = ({ width, touch }: Screen): Device =>
  touch ? (width < 600 ? 'phone' : 'tablet') : 'desktop'
