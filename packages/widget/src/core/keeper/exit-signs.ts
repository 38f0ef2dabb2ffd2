import type { ExitSign, SurveyRules } from '@heed/contract'

/** By what the exit was noticed that last opened the moment of each survey. */
export const exitSigns = new WeakMap<SurveyRules, ExitSign>()
