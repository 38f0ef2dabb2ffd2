import { h } from '/element.js'

const languageNames = new Intl.DisplayNames('en', { type: 'language' })
const countryNames = new Intl.DisplayNames('en', { type: 'region' })
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** How good an answer is, in words and as a class: 0 good, 1 middling, 2 bad. */
function verdict(metric, value) {
  if (metric === 'nps') return value >= 9 ? [0, 'promoter'] : value >= 7 ? [1, 'passive'] : [2, 'detractor']
  if (metric === 'csat')
    return value >= 4 ? [0, 'satisfied'] : value === 3 ? [1, 'neutral'] : [2, 'dissatisfied']
  if (metric === 'ces') return value >= 5 ? [0, 'easy'] : value === 4 ? [1, 'neutral'] : [2, 'hard']
  return value === 'yes'
    ? [0, 'got it done']
    : value === 'partly'
      ? [1, 'got part of it done']
      : [2, 'did not get it done']
}
const outOf = { nps: ' of 10', csat: ' of 5', ces: ' of 7' }

export function timeAgo(iso, now = Date.now()) {
  const seconds = Math.round((Date.parse(iso) - now) / 1000)
  if (seconds > -60) return 'just now'
  if (seconds > -3600) return relative.format(Math.ceil(seconds / 60), 'minute')
  if (seconds > -86_400) return relative.format(Math.ceil(seconds / 3600), 'hour')
  return relative.format(Math.ceil(seconds / 86_400), 'day')
}

/** One answer in a few words, for those who hear this page. */
export const inShort = ({ survey, metric, value }) =>
  value === null ? `New answer: ${survey}` : `New answer: ${survey}, ${value}${outOf[metric] ?? ''}`

/** One row of the list. What visitors wrote becomes text nodes and nothing else. */
export function drawAnswer(answer, isNew) {
  const { metric, value } = answer
  const [grade, word] = value === null ? [1, 'no score'] : verdict(metric, value)
  return h(
    'li',
    { class: isNew ? 'answer new' : 'answer', 'data-id': answer.id },
    h(
      'p',
      { class: `value class-${grade}` },
      value === null ? '·' : String(value),
      h('span', { class: 'hidden' }, outOf[metric] ?? ''),
    ),
    h(
      'div',
      {},
      h('p', { class: 'of' }, h('b', {}, answer.survey), ` ${word}`),
      answer.parts.map(({ question, said, own }) =>
        h(
          'figure',
          {},
          h('figcaption', {}, question),
          own ? h('blockquote', { lang: answer.locale, dir: 'auto' }, said) : h('p', {}, said),
        ),
      ),
      h(
        'p',
        { class: 'meta' },
        h('span', { title: languageNames.of(answer.locale) }, answer.locale),
        answer.device && h('span', {}, answer.device),
        answer.country && h('span', {}, countryNames.of(answer.country)),
        h('time', { datetime: answer.receivedAt }, timeAgo(answer.receivedAt)),
        !answer.completed && h('span', { class: 'growing' }, 'still answering'),
      ),
    ),
  )
}
