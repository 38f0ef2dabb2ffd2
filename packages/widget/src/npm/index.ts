/** `@heed/widget`: importing it does nothing, in a browser or on a server; `init` in a browser begins. */
export type {
  AnswerValue,
  DisplayItem,
  HeedEventName as DisplayEvent,
  PageEvent,
  Question,
  ResponseContext,
  ResponseItem,
  SurveyDefinition,
} from '@heed/contract'
export type {
  Consent,
  ConsentState,
  Explanation,
  HeedEventDetail,
  PageContext,
  ShowResult,
} from '../core/api-types.ts'
export type { Answers } from './answers.ts'
export { type DefinedSurvey, defineSurvey } from './define-survey.ts'
export * from './methods.ts'
// All of it, so that `declare module '@heed/widget'` can add to `HeedEvents`.
export type * from './page-events.ts'
export type { Parts } from './parts-type.ts'
