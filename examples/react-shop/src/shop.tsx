import { set, track } from '@heed/widget'
import { HeedSurvey, useHeed, useHeedEvent } from '@heed/widget/react'
import { useState } from 'react'
import { advice } from './feedback/surveys.ts'

const lamp = { item_id: 'lamp-1', item_name: 'Desk lamp', item_category: 'lamps', price: 49 }

/** Three places of a shop: what it sells, advice about it, and an order that has been placed. */
export function Shop() {
  const [place, go] = useState<'lamps' | 'advice' | 'order'>('lamps')
  const [isHeard, setHeard] = useState(false)
  useHeed({ key: import.meta.env.VITE_HEED_KEY, host: import.meta.env.VITE_HEED_HOST })
  useHeedEvent('stored', () => setHeard(true))

  function buy() {
    set({ order: { items: 1 } })
    track('purchase', { transaction_id: 'R1', value: lamp.price, currency: 'EUR', items: [lamp] })
    go('order')
  }

  return (
    <main>
      <nav>
        <button type="button" onClick={() => go('lamps')}>
          Lamps
        </button>
        <button type="button" onClick={() => go('advice')}>
          Which lamp for which desk
        </button>
      </nav>
      {place === 'lamps' && (
        <section>
          <h1>{lamp.item_name}</h1>
          <button type="button" onClick={buy}>
            Buy for {lamp.price} €
          </button>
        </section>
      )}
      {place === 'advice' && (
        <article>
          <h1>Which lamp for which desk</h1>
          <p>A lamp on the side of the hand that does not write throws no shadow on the page.</p>
          <HeedSurvey surveyKey={advice.key} inline />
        </article>
      )}
      {place === 'order' && <h1>Thank you for your order</h1>}
      {isHeard && <p>We have your answer, and read every one.</p>}
    </main>
  )
}
