import type { PanelAppearance } from '@heed/contract'
import type { ComponentChild } from 'preact'
import type { PanelHandle, PanelOptions } from '../panel-interface.ts'
import type { Mounted, mount, toTopLayer } from './mount.ts'
import type { PanelModel } from './panel-model.ts'
import type { applyTheme } from './theme.ts'

/** How a surface differs from the popover in a corner, which is a surface without any of these. */
export interface Surface {
  /** What the style sheets call it, its logical corner among it. */
  _class: string
  /** It is a piece of the page: nothing moves it for a keyboard or drags it away, and its thanks stay. */
  _stays?: boolean
  /** Puts the element into the page; again when the page has removed it. */
  _attach?(host: HTMLElement): void
  /** What card and status stand in, in place of the shadow root. */
  _makeBox?(root: ShadowRoot): Node
  /** Whether the focus goes in although it was not inside, each time that the view changes. */
  _takesFocus?(isFirst: boolean): boolean
  /** Whether a teaser stands for the card. */
  _isFolded?(): boolean
  /** What is drawn in place of the panel, or around it. */
  _frame?(panel: ComponentChild, model: PanelModel, close: () => void): ComponentChild
  /** Something was drawn, and stands in the page. */
  _drawn?(mounted: Mounted): void
}

/** What surfaces are built of. They stand in another bundle and would bring these along a second time. */
interface Pieces {
  _openCard(options: PanelOptions, surface: Surface): PanelHandle
  _mount: typeof mount
  _toTopLayer: typeof toTopLayer
  _applyTheme: typeof applyTheme
}

/** Opens a survey on whatever surface its display asks for. */
export type OpenSurface = (options: PanelOptions, pieces: Pieces) => PanelHandle

export type Look = (card: HTMLElement, appearance: PanelAppearance, isDark: boolean) => void
