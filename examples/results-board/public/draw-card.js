import { h, svg } from '/element.js'
import { momentOf } from '/moments.js'

const metricNames = { nps: 'NPS', csat: 'CSAT', ces: 'CES', gcr: 'Goal completion' }
const meaning = {
  nps: 'points, promoters minus detractors',
  csat: '% satisfied (4 or 5 of 5)',
  ces: '% found it easy (5 to 7 of 7)',
  gcr: '% got it done',
}
const minus = (value) => String(value).replace('-', '−')

/** The scale with the interval as a band and the score as a mark on it. */
function intervalBar({ score, interval }, metric) {
  const [from, to] = metric === 'nps' ? [-100, 100] : [0, 100]
  const at = (value) => (((Math.min(to, Math.max(from, value)) - from) / (to - from)) * 300 + 10).toFixed(1)
  const [low, high] = interval
  return svg(
    'svg',
    { class: 'interval', viewBox: '0 0 320 34', 'aria-hidden': 'true' },
    svg('path', { class: 'scale', d: 'M10 10H310' }),
    [from, (from + to) / 2, to].flatMap((value) => [
      svg('path', { class: 'tick', d: `M${at(value)} 5v10` }),
      svg(
        'text',
        { x: at(value), y: 31, 'text-anchor': value === from ? 'start' : value === to ? 'end' : 'middle' },
        minus(value),
      ),
    ]),
    svg('path', { class: 'band', d: `M${at(low)} 10H${at(high)}` }),
    svg('circle', { class: 'mark', cx: at(score), cy: 10, r: 6 }),
  )
}

function scoreOf({ score, metric }) {
  const { n, confidence } = score
  if (score.score === null) {
    return [
      h('p', { class: 'few' }, h('b', {}, `${n} of 10`), ' answers'),
      svg(
        'svg',
        { class: 'pips', viewBox: '0 0 320 16', 'aria-hidden': 'true' },
        Array.from({ length: 10 }, (_, i) =>
          svg('rect', {
            class: i < n ? 'pip full' : 'pip',
            x: i * 32 + 1,
            y: 4,
            width: 28,
            height: 8,
            rx: 4,
          }),
        ),
      ),
      n > 0 &&
        h(
          'p',
          { class: 'note' },
          'A score from fewer than 10 answers would mostly be chance, so none is shown.',
        ),
    ]
  }
  const [low, high] = score.interval
  return [
    h(
      'p',
      { class: confidence === 'low' ? 'score grey' : 'score' },
      h('b', {}, minus(score.score), metric !== 'nps' && h('small', {}, '%')),
      h('span', {}, h('span', { class: 'range' }, `${minus(low)} to ${minus(high)}`), ` from ${n} answers`),
    ),
    intervalBar(score, metric),
    h(
      'p',
      { class: 'note' },
      `${meaning[metric]}. The range holds the true value 95 times in 100${confidence === 'low' ? '; with fewer than 30 answers it is wide' : ''}.`,
    ),
  ]
}

function countsOf({ counts, score }) {
  if (!score.n) return []
  return h(
    'ul',
    { class: 'counts' },
    Object.entries(counts).map(([name, count], index) =>
      h('li', { class: `class-${index}` }, h('b', {}, String(count)), ` ${name}`),
    ),
  )
}

function funnelOf({ funnel, responseRate }) {
  const [[, most] = ['', 0]] = funnel
  if (!most) return h('p', { class: 'note' }, 'Nobody has been asked yet.')
  const rate =
    responseRate.score === null
      ? `${funnel.find(([state]) => state === 'answered')?.[1] ?? 0} of ${most} who were asked answered`
      : `${responseRate.score} % of ${responseRate.n} who were asked answered (${responseRate.interval[0]} to ${responseRate.interval[1]})`
  return [
    h(
      'ol',
      { class: 'funnel' },
      funnel.map(([state, count]) =>
        h(
          'li',
          {},
          h('span', {}, state),
          svg(
            'svg',
            { viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
            svg('rect', { class: 'track', width: 100, height: 8 }),
            svg('rect', {
              class: 'reach',
              width: most ? ((Math.min(count, most) / most) * 100).toFixed(1) : 0,
              height: 8,
            }),
          ),
          h('b', {}, String(count)),
        ),
      ),
    ),
    h('p', { class: 'note' }, rate),
  ]
}

/** A survey's card; `update` draws its numbers anew and leaves what somebody has opened as it is. */
export function drawCard(card, shopUrl) {
  const numbers = h('div', { class: 'numbers' })
  const moment = momentOf(card.key)
  const element = h(
    'article',
    { class: 'card' },
    h('p', { class: 'metric' }, metricNames[card.metric]),
    h('h3', {}, card.name),
    h('p', { class: 'question' }, card.question),
    numbers,
    moment &&
      h(
        'details',
        { open: card.score.n === 0 },
        h('summary', {}, 'How to be asked'),
        h(
          'ol',
          {},
          moment.steps.map((step) => h('li', {}, step)),
        ),
        h(
          'p',
          {},
          h(
            'a',
            { href: `${shopUrl}/en/${moment.start}`, target: '_blank', rel: 'noopener' },
            'Begin here',
            h('span', { class: 'hidden' }, ` for ${card.name}`),
          ),
        ),
      ),
  )
  const update = (next) =>
    numbers.replaceChildren(h('div', {}, scoreOf(next), countsOf(next), funnelOf(next)))
  update(card)
  return { element, update }
}
