import { defineSurvey } from '@heed/widget'

/** Asked once the order is placed, of everybody who has spent enough to have an opinion. */
export const afterOrder = defineSurvey({
  key: 'react-after-order',
  name: 'After the order',
  purpose: 'Which part of ordering to mend first',
  triggers: [{ on: 'event', name: 'purchase', where: { value: { $gte: 20 } } }],
  locales: ['en', 'de'],
  display: { kind: 'popover' },
  questions: [
    {
      key: 'nps',
      kind: 'nps',
      metric: 'nps',
      text: {
        en: 'How likely are you to recommend us to a friend?',
        de: 'Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?',
      },
      required: true,
      next: [{ when: { $lte: 6 }, go: 'why' }, { go: 'end' }],
    },
    {
      key: 'why',
      kind: 'text',
      text: { en: 'What should we do better?', de: 'Was sollen wir besser machen?' },
    },
  ],
})

/** Stands under the advice itself, for those who have read it. */
export const advice = defineSurvey({
  key: 'react-advice',
  name: 'Under the advice',
  purpose: 'Whether the advice helps to choose',
  triggers: [{ on: 'page' }],
  locales: ['en', 'de'],
  display: { kind: 'inline', selector: '[data-heed-survey="react-advice"]' },
  questions: [
    {
      key: 'helpful',
      kind: 'thumbs',
      text: { en: 'Did this help you choose?', de: 'Hat Ihnen das bei der Wahl geholfen?' },
    },
  ],
})

/** Only asked where the shop says so. */
export const gift = defineSurvey({
  key: 'react-gift',
  name: 'After the gift finder',
  purpose: 'Whether the gift finder is worth its place',
  triggers: [{ on: 'event', name: 'gift_found', where: { steps: { $gte: 3 } } }],
  locales: ['en', 'de'],
  display: { kind: 'popover', position: 'bottom-start' },
  questions: [
    {
      key: 'ease',
      kind: 'ces',
      metric: 'ces',
      text: { en: 'It was easy to find a gift.', de: 'Ein Geschenk zu finden war einfach.' },
    },
  ],
})

export default [afterOrder, advice, gift]
