import type { ItemAck } from '@heed/contract'
import type { Meters } from '../meters.ts'
import type { RowOutcome } from './batcher.ts'
import type { ReadItem } from './read-item.ts'

/** Writes the reply, what became of each item in the order of the request, and counts it. */
export function acknowledger({
  acknowledged,
  refused,
  lost,
}: Pick<Meters, 'acknowledged' | 'refused' | 'lost'>) {
  const counters = {
    stored: acknowledged.labels('stored'),
    duplicate: acknowledged.labels('duplicate'),
    refused: acknowledged.labels('refused'),
  }

  function write(ack: ItemAck): string {
    counters[ack.status].inc()
    if (ack.code) refused.inc({ code: ack.code })
    return JSON.stringify(ack)
  }

  /** `outcomes` are those of the rows, in order; `onRefused` hears of each item, by its place, that is not stored. */
  return (
    items: readonly ReadItem[],
    outcomes: readonly RowOutcome[],
    onRefused: (index: number, refusal: ItemAck) => void,
  ): string => {
    let row = 0
    const refuse = (index: number, refusal: ItemAck) => {
      onRefused(index, refusal)
      return write(refusal)
    }
    const acks = items.map((item, index) => {
      if ('refusal' in item) return refuse(index, item.refusal)
      const outcome = outcomes[row++]
      if (item.row.kind === 'loss' && outcome === 'stored') {
        lost.inc({ reason: item.row.row.reason }, item.row.row.count)
      }
      if (typeof outcome === 'string') return write({ ...item.ack, status: outcome })
      const detail = outcome?.refused ?? 'the database refused this item'
      return refuse(index, { ...item.ack, status: 'refused', code: 'data_error', detail })
    })
    return `{"items":[${acks.join()}]}`
  }
}
