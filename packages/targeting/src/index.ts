export { matches } from './condition.ts'
export {
  asksVisitor,
  belongsHere,
  type Facts,
  inOrderOfPriority,
  isPassive,
  judge,
  mayMeet,
  mayShow,
  type Verdict,
} from './decide.ts'
export { deviceOf, type Screen } from './device.ts'
export { glob } from './glob.ts'
export { chooseLocale } from './locale.ts'
export {
  isVisitShown,
  noteAnswered,
  notePage,
  noteShown,
  type PendingMoment,
  type SurveyMemory,
  type Visit,
  type VisitorMemory,
  visitMs,
} from './memory.ts'
export { isLong, panelParts } from './panel-parts.ts'
export { share } from './share.ts'
export { eventMatches } from './trigger.ts'
export { normalizeUrl, urlAllowed } from './url.ts'
