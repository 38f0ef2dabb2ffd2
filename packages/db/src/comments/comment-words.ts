import type { AnswerValue } from '@heed/contract'
import { cut, pairsOf, runsOf } from './words-of.ts'

/**
 * Five characters that begin every word of a survey (24 bits of FNV-1a). Two surveys may share them: they make the index
 * selective, and whose a row is the table says.
 */
export function surveyMark(projectId: string, surveyId: string): string {
  let hash = 0x811c9dc5
  const key = `${projectId} ${surveyId}`
  for (let index = 0; index < key.length; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193)
  }
  return (hash >>> 8).toString(36).padStart(5, '0')
}

/** What a visitor wrote freely: the answers to these questions, and every "other". */
export function commentOf(
  answers: Readonly<Record<string, AnswerValue>>,
  textKeys: readonly string[],
): string {
  const texts: string[] = []
  for (const key of textKeys) {
    const answer = answers[key]
    if (typeof answer === 'string') texts.push(answer)
  }
  for (const answer of Object.values(answers)) {
    if (typeof answer === 'object' && 'other' in answer && answer.other) texts.push(answer.other)
  }
  return texts.join('\n')
}

/**
 * A tsquery: every word, and what begins like the last one, which may not be typed to its end. Undefined where the text
 * has no word.
 */
export function searchQuery(search: string, marks: readonly string[]): string | undefined {
  const runs = runsOf(search)
  const wanted = runs.flatMap((run, index) => {
    if (!run.isCjk) return [{ word: cut(run.text), isBeginning: index === runs.length - 1 }]
    const pairs = pairsOf(run.text)
    // One character alone stands at the beginning of a pair, or at the end.
    if (pairs.length === 0) return [{ word: run.text, isBeginning: true }]
    return pairs.map((word) => ({ word, isBeginning: false }))
  })
  if (wanted.length === 0 || marks.length === 0) return undefined
  const ofSurvey = (mark: string) =>
    wanted.map(({ word, isBeginning }) => `'${mark}${word}'${isBeginning ? ':*' : ''}`).join(' & ')
  return marks.map((mark) => `(${ofSurvey(mark)})`).join(' | ')
}
