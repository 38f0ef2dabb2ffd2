import type { LocalizedText, Question, SurveyDefinition } from '@heed/contract'
import type { ShapeError } from '../explain-shape.ts'

const roots = ['product', 'cart', 'order', 'page', 'attributes', 'answers']
const example = '{product.name|your order}'

/** Every `{...}` that would reach a visitor as it stands, or name what no page tells and no earlier question asked. */
export function placeholderErrors({ questions, ending, display }: SurveyDefinition): ShapeError[] {
  const errors = questions.flatMap((question, index) => {
    const path = `questions.${index}`
    const earlier = questions.slice(0, index)
    return [
      ...textErrors(question.text, `${path}.text`, earlier),
      ...textErrors(question.hint, `${path}.hint`, earlier),
      ...('placeholder' in question ? textErrors(question.placeholder, `${path}.placeholder`, earlier) : []),
      ...plainTexts(question).flatMap(([text, member]) => bracedErrors(text, `${path}.${member}`)),
    ]
  })
  return [
    ...errors,
    ...textErrors(ending?.text, 'ending.text', questions),
    ...bracedErrors(display.teaser, 'display.teaser'),
    ...bracedErrors(display.label, 'display.label'),
  ]
}

/** Texts in which nothing is filled in. */
function plainTexts(question: Question): [text: LocalizedText | undefined, member: string][] {
  if ('options' in question) {
    return question.options.map(({ text }, at) => [text, `options.${at}.text`])
  }
  if ('labels' in question) {
    return [
      [question.labels?.low, 'labels.low'],
      [question.labels?.high, 'labels.high'],
    ]
  }
  return 'label' in question ? [[question.label, 'label']] : []
}

function bracedErrors(text: LocalizedText | undefined, path: string): ShapeError[] {
  const message =
    "has braces, but only a question's text, hint and placeholder and the ending are filled in; leave them out"
  return Object.entries(text ?? {}).flatMap(([locale, words]) =>
    /[{}]/.test(words) ? [{ path: `${path}.${locale}`, message }] : [],
  )
}

function textErrors(
  text: LocalizedText | undefined,
  path: string,
  earlier: readonly Question[],
): ShapeError[] {
  return Object.entries(text ?? {}).flatMap(([locale, words]) => {
    const found = words.match(/\{[^{}]*\}/g) ?? []
    const messages = found.flatMap((placeholder) => placeholderError(placeholder.slice(1, -1), earlier) ?? [])
    if (/[{}]/.test(words.replace(/\{[^{}]*\}/g, ''))) {
      messages.push(`has a brace without its other half; a placeholder is written like ${example}`)
    }
    return messages.map((message) => ({ path: `${path}.${locale}`, message }))
  })
}

/** Why what stands between the braces cannot be filled in, undefined when it can. */
function placeholderError(inner: string, earlier: readonly Question[]): string | undefined {
  const [path = '', ...rest] = inner.split('|')
  const [root = '', ...members] = path.split('.')
  if (!roots.includes(root) || members.length === 0 || !members.every((member) => /^[\w-]+$/.test(member))) {
    return `{${inner}} names nothing that is known; a placeholder is written like ${example} and begins with ${roots.join(', ')}`
  }
  if (rest.join('|').trim() === '') {
    return `{${inner}} has no words for where it is missing; write {${path}|...}`
  }
  if (root !== 'answers') return undefined
  const [key = ''] = members
  const question = earlier.find((one) => one.key === key)
  if (!question || members.length > 1)
    return `{${inner}}: no earlier question has the key "${members.join('.')}"`
  if (question.kind === 'link' || question.kind === 'message' || question.kind === 'consent') {
    return `{${inner}}: a ${question.kind} has no answer in words`
  }
  return undefined
}
