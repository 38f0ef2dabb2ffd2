import type { AnswerValue, ResponseRecord } from '@heed/contract'

type Cell = string | number | boolean | null | undefined

interface Column {
  name: string
  read(response: ResponseRecord): Cell
}

const fixed: Column[] = [
  { name: 'id', read: (response) => response.id },
  { name: 'survey', read: (response) => response.surveyKey },
  { name: 'version', read: (response) => response.version },
  { name: 'receivedAt', read: (response) => response.receivedAt },
  { name: 'occurredAt', read: (response) => response.occurredAt },
  { name: 'completed', read: (response) => response.completed },
  { name: 'locale', read: (response) => response.locale },
  { name: 'country', read: (response) => response.country },
  { name: 'device', read: ({ context }) => context.device },
  { name: 'url', read: ({ context }) => context.url },
  { name: 'language', read: ({ context }) => context.language },
  { name: 'title', read: ({ context }) => context.title },
  { name: 'referrerClass', read: ({ context }) => context.referrerClass },
  { name: 'trigger', read: ({ context }) => context.trigger },
  { name: 'event', read: ({ context }) => context.event?.name },
  { name: 'visitor', read: (response) => response.visitor },
  { name: 'subject', read: (response) => response.subject },
  { name: 'subjectVerified', read: (response) => response.subjectVerified },
  { name: 'tags', read: (response) => response.tags.join(', ') },
  { name: 'note', read: (response) => response.note },
  { name: 'excluded', read: (response) => response.excluded },
  { name: 'suspicious', read: (response) => response.suspicious },
  { name: 'suspicion', read: ({ suspicion }) => suspicion.score },
  { name: 'reasons', read: ({ suspicion }) => suspicion.reasons.join(', ') },
  { name: 'superseded', read: (response) => response.superseded },
]

/** One column for each question; campaign, attributes and variants as JSON, since every response may have others. */
export function responseColumns(questionKeys: readonly string[]): Column[] {
  return [
    ...fixed,
    ...questionKeys.map((key) => ({
      name: `answers.${key}`,
      read: ({ answers }: ResponseRecord) => answerCell(answers[key]),
    })),
    { name: 'campaign', read: ({ context }) => jsonCell(context.campaign) },
    { name: 'attributes', read: ({ context }) => jsonCell(context.attributes) },
    { name: 'variant', read: ({ context }) => jsonCell(context.variant) },
  ]
}

function answerCell(answer: AnswerValue | undefined): Cell {
  if (typeof answer !== 'object') return answer
  if (Array.isArray(answer)) return answer.join(', ')
  const { keys = [], other } = 'keys' in answer ? answer : { other: answer.other }
  return [...keys, ...(other === undefined ? [] : [other])].join(', ')
}

function jsonCell(value: object | undefined): Cell {
  return value && Object.keys(value).length > 0 ? JSON.stringify(value) : null
}
