import { eventMatches } from '@heed/targeting'
import type { Keeper, KeeperModule } from '../keeper-interface.ts'
import { flush, recover } from './delivery.ts'
import { explain } from './explain.ts'
import { report, save } from './follow.ts'
import { life, setLink } from './link.ts'
import { toPageEvent } from './page-event.ts'
import { watch } from './watch.ts'

const keeper: Keeper = {
  report,
  save,
  recover,
  watch,
  explain,
  matchEvent(trigger, raw) {
    const event = toPageEvent(...raw)
    return eventMatches(trigger, event) ? event : undefined
  },
}

export const connect: KeeperModule['connect'] = (...link) => {
  const before = life
  setLink(...link)
  if (life !== before) life.addEventListener('abort', () => flush(true))
  return keeper
}
