import type { QuestionTexts, UiTexts } from '@heed/contract'
import type { ComponentChild } from 'preact'
import type { PanelModel } from './panel-model.ts'

/** What an extension does otherwise than the panel by itself. */
export interface Hooks {
  /** A question as it stays for as long as the display lives. */
  _arrange(question: QuestionTexts, ui: UiTexts): QuestionTexts
  /** A text as the visitor reads it now. */
  _fill(text: string, model: PanelModel): string
  /** The picture of the page that goes with the answers to these questions. */
  _pictureOf?(questions: QuestionTexts[]): Blob | undefined
  /** How far the visitor is, above the question. */
  _Progress?(props: { model: PanelModel }): ComponentChild
  /** All questions at once, for surveys of that layout. */
  _Page?(props: { model: PanelModel }): ComponentChild
}

export const hooks: Hooks = {
  _arrange: (question) => question,
  _fill: (text) => text,
}
