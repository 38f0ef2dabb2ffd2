import { drawAnswer, inShort, timeAgo } from '/draw-answer.js'
import { drawCard } from '/draw-card.js'
import { h } from '/element.js'

const at = (id) => document.getElementById(id)
const shops = [
  ['en', 'en', 'English'],
  ['ko', 'ko', '한국어'],
  ['ja', 'ja', '日本語'],
  ['zh', 'zh-Hans', '简体中文'],
  ['ar', 'ar', 'العربية'],
]

let place
let cards = new Map()
/** What each answer looked like when it was last drawn, by id; undefined before the first board. */
let known

function show(state, text) {
  at('state').textContent = text
  at('state').dataset.state = state
}

function drawPlace({ shopUrl, apiUrl }) {
  place = { shopUrl, apiUrl }
  at('shops').replaceChildren(
    ...shops.map(([code, lang, name]) =>
      h('li', {}, h('a', { href: `${shopUrl}/${code}/`, lang, target: '_blank', rel: 'noopener' }, name)),
    ),
  )
}

function drawCards(next) {
  const isSame = next.length === cards.size && next.every(({ key }) => cards.has(key))
  if (isSame) for (const card of next) cards.get(card.key).update(card)
  else {
    cards = new Map(next.map((card) => [card.key, drawCard(card, place.shopUrl)]))
    at('cards').replaceChildren(...[...cards.values()].map(({ element }) => element))
  }
}

function drawAnswers(answers) {
  const before = known
  const seen = new Map(answers.map((answer) => [answer.id, JSON.stringify(answer)]))
  const isNew = ({ id }) => Boolean(before) && before.get(id) !== seen.get(id)
  const rows = new Map([...at('answers').children].map((row) => [row.dataset.id, row]))
  at('answers').replaceChildren(
    ...answers.map(
      (answer) =>
        (before?.get(answer.id) === seen.get(answer.id) && rows.get(answer.id)) ||
        drawAnswer(answer, isNew(answer)),
    ),
  )
  const arrived = answers.find(isNew)
  if (arrived) at('arrival').textContent = inShort(arrived)
  at('nothing').hidden = answers.length > 0
  if (!before) at('own').open = !answers.length
  known = seen
}

function drawSnippet(publicKey) {
  at('snippet').textContent = `<script async src="${place.apiUrl}/${publicKey}/heed.js"></script>`
}

const source = new EventSource('/events')
const listen = (event, take) => source.addEventListener(event, ({ data }) => take(JSON.parse(data)))
listen('place', drawPlace)
listen('board', ({ publicKey, cards, answers }) => {
  show('live', 'Live')
  at('trouble').hidden = true
  drawCards(cards)
  drawAnswers(answers)
  drawSnippet(publicKey)
})
listen('trouble', (text) => {
  show('waiting', 'Waiting for the API')
  at('trouble').textContent = text
  at('trouble').hidden = false
})
source.addEventListener('error', () => {
  show('waiting', 'Reconnecting')
  at('trouble').textContent =
    'This board’s own server does not answer. The page reconnects by itself as soon as it does.'
  at('trouble').hidden = false
})

at('copy').addEventListener('click', async () => {
  const done = await navigator.clipboard.writeText(at('snippet').textContent).then(
    () => true,
    () => false,
  )
  at('copied').textContent = done ? 'Copied' : 'Select the line and copy it'
})

setInterval(() => {
  for (const time of document.querySelectorAll('time')) time.textContent = timeAgo(time.dateTime)
}, 15_000)
