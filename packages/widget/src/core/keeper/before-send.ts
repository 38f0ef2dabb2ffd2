import type { DisplayItem, ResponseItem } from '@heed/contract'
import { stringify } from '../stringify.ts'
import { options } from './link.ts'
import { json } from './pristine.ts'

/**
 * What the page makes of an item before it is kept or sent; null when it drops it, undefined when it failed to say. It
 * gets a copy and gives one, and never changes what tells the item apart.
 */
export const beforeSend = <Item extends ResponseItem | DisplayItem>(item: Item): Item | null | undefined => {
  const { beforeSend: hook } = options
  if (!hook) return item
  try {
    const given = hook(json().parse(stringify(item, json())))
    if (!given || typeof given !== 'object') return null
    // A promise is no item: what is dropped or changed has to be known before anything is kept.
    if ('then' in given) return undefined
    const { type, id, surveyId, version, visitor, test } = item
    const { seq, state } = item as Partial<ResponseItem & DisplayItem>
    return json().parse(
      stringify({ ...given, type, id, surveyId, version, visitor, test, seq, state }, json()),
    )
  } catch {
    return undefined
  }
}
