import type { ItemAck } from '@heed/contract'
import type { Meters } from '../meters.ts'
import type { RowOutcome } from './batcher.ts'
import type { ReadItem } from './read-item.ts'

/** The reply: what became of each item, in the order of the request. `outcomes` are those of the rows. */
export function acknowledge(
  items: readonly ReadItem[],
  outcomes: readonly RowOutcome[],
  meters: Meters,
): string {
  const acks: string[] = []
  let row = 0
  for (const item of items) {
    if ('refusal' in item) {
      acks.push(count(item.refusal, meters))
      continue
    }
    const outcome = outcomes[row++]
    if (typeof outcome !== 'string') {
      const detail = outcome?.refused ?? 'the database refused this item'
      acks.push(count({ ...item.ack, status: 'refused', code: 'data_error', detail }, meters))
      continue
    }
    acks.push(count({ ...item.ack, status: outcome }, meters))
  }
  return `{"items":[${acks.join()}]}`
}

function count(ack: ItemAck, meters: Meters): string {
  meters.acknowledged.inc({ status: ack.status })
  if (ack.code) meters.refused.inc({ code: ack.code })
  return JSON.stringify(ack)
}
