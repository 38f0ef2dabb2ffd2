import type { InSurvey } from './find-in-survey.ts'

export const engineNames = ['chromium', 'firefox', 'webkit'] as const
export type EngineName = (typeof engineNames)[number]

/** What a suite needs of a browser, in words that every one of its protocols has. */
export interface Driver {
  goto(url: string): Promise<void>
  /** Runs a function that stands for itself in the page; arguments and result are JSON. */
  evaluate<Args extends unknown[], Result>(
    run: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result>
  /** Clicks an element of the survey that is there, as a mouse does; false when it is not. */
  click(what: InSurvey): Promise<boolean>
  /** The words of an element of the survey, typed ones included; null when it is not there. */
  read(what: InSurvey): Promise<string | null>
  /** One key, or several held together: `Enter`, `Control+Enter`. */
  press(keys: string): Promise<void>
  type(text: string): Promise<void>
  /** Puts the pointer there, in CSS pixels of the viewport. */
  point(x: number, y: number): Promise<void>
  /** PNG of what is on the screen. */
  screenshot(): Promise<Buffer>
  close(): Promise<void>
}

export interface VisitorOptions {
  /** Of the window's contents, in CSS pixels. WebKit's window is 447 wide at least. @default 1280 x 760 */
  width?: number
  height?: number
}

export interface RunningEngine {
  name: EngineName
  version: string
  /** Has a back/forward cache. */
  keepsPages: boolean
  /** Somebody who has never been here: storage, cookies and cache of their own. */
  newDriver(options: Required<VisitorOptions>): Promise<Driver>
  close(): Promise<void>
}
