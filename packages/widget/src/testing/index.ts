/** `@heed/widget/testing`: surveys in a test, with the real engine, panel and targeting, and without a network. */
export { explainSurvey, opensOn, type Visitor } from './explain-survey.ts'
export type { OpenSurvey } from './open-survey.ts'
export { type RenderedSurvey, type RenderOptions, renderSurvey } from './render-survey.ts'
export { type HeedServer, serveSurveys } from './serve-surveys.ts'
