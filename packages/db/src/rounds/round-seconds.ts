import { defaultFrequencies, type Frequency, type SurveyDefinition } from '@heed/contract'

const daySeconds = 86_400

/**
 * Length of a round in seconds, within which one visitor counts once; undefined when the whole survey is one. A survey
 * that may come up again has rounds as long as its frequency leaves between two displays, one that always may has days.
 */
export function roundSecondsOf({
  frequency,
  display,
}: Pick<SurveyDefinition, 'frequency' | 'display'>): number | undefined {
  const wanted: Frequency = frequency ?? defaultFrequencies[display.kind] ?? 'once'
  if (wanted === 'always') return daySeconds
  if (typeof wanted === 'string') return undefined
  return (wanted.everyDays * daySeconds) / wanted.times
}
