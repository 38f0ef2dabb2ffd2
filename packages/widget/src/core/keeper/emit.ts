import type { HeedEventName } from '@heed/contract'
import type { HeedEventDetail } from '../api-types.ts'
import { rules } from './link.ts'

/** Tells the page, by a DOM event on `document`; `heed.on` hears the same one. */
export const emit = (name: HeedEventName, { id, surveyId }: { id: string; surveyId: string }): void => {
  const surveyKey = rules.surveys.find((survey) => survey.id === surveyId)?.key
  const detail: HeedEventDetail = { surveyKey, id }
  document.dispatchEvent(new CustomEvent(`heed:${name}`, { detail }))
}
