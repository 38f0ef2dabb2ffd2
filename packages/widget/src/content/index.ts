/**
 * What of a survey's definition travels to the page: the rules that decide, and the texts that are drawn. The API serves
 * it; the testing entry makes it for surveys that no server knows yet.
 */
export { listsAnswers } from './branch-table.ts'
export { cardColors, ownCardColors } from './card-colors.ts'
export { channels, contrast } from './color.ts'
export { projectRules, type RulesSource } from './project-rules.ts'
export { surveyTexts } from './survey-texts.ts'
