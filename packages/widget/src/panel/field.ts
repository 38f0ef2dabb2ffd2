import type { AnswerValue, QuestionTexts, UiTexts } from '@heed/contract'
import type { ComponentChild } from 'preact'
import type { PanelHost } from '../panel-interface.ts'

/** One question as it is being asked: what its view draws and what it calls. */
export interface Field {
  /** With its placeholders filled in. */
  _question: QuestionTexts
  /** Tells the ids of its elements from those of other questions on the same page; '' on its own. */
  _id: string
  /** All questions stand on one page: there is no button to skip this one. */
  _isOnPage?: boolean
  _ui: UiTexts
  _host: PanelHost
  _isRtl: boolean
  /** The answer as far as it goes. */
  _draft: AnswerValue | undefined
  /** What hinders the visitor, in words; '' when nothing does. */
  _error: string
  _isBusy: boolean
  /** Choosing and typing: changes the answer without giving it. */
  _select(value?: AnswerValue): void
  /** A tap on one of the choices: that is the answer. */
  _choose(value: AnswerValue, tapped: HTMLElement): void
  /** Gives the answer at hand. */
  _submit(): void
}

/** One radio of a question. */
export interface Choice {
  value: AnswerValue
  /** What the choice means in words, where its face does not say it: most steps of a long scale have none. */
  wording?: string | undefined
  face: ComponentChild
}

/** How one kind of question is asked. */
export interface QuestionKind {
  /** Draws what answers the question. */
  _View(props: { field: Field }): ComponentChild
  /** A tap answers it, and needs no button. */
  _isTapped?: boolean
  /** Answered by more than a table of answers could list: words, several options. */
  _isOpen?: boolean
  /** Its view draws the question's text too. */
  _isWhole?: boolean
  /** The answer as it is stored, undefined when it is none. @default text without the space around it, anything else as it is */
  _settle?(value: AnswerValue | undefined): AnswerValue | undefined
  /** What is wrong with a stored answer, in words; nothing when it is fine. Asked after `required`, if there is an answer. */
  _complain?(answer: AnswerValue, question: QuestionTexts, ui: UiTexts): string | false | undefined
  /** What an answer that the page or a link brought along stands for, undefined when it is wrong. */
  _accept?(value: AnswerValue, question: QuestionTexts): AnswerValue | undefined
}
