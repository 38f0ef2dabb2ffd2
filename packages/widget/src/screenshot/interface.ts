import type { ScreenshotTexts } from '@heed/contract'

/** What the visitor has taken, and may still remove. */
export interface Picture {
  /** WebP or JPEG, as large as `limits.ts` allows. */
  image: Blob
  /** The same, to be looked at. */
  preview: HTMLCanvasElement
}

/** The only export of the part, which the panel's `more` loads when the visitor asks for a picture. */
export interface ScreenshotModule {
  /**
   * Lets the visitor point at something on the page and takes a picture of what is in view, without the card. Undefined
   * when the visitor calls it off; rejects when no picture could be taken.
   */
  takePicture(texts: ScreenshotTexts, card: HTMLElement): Promise<Picture | undefined>
}
