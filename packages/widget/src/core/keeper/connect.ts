import { eventMatches, mayShow } from '@heed/targeting'
import type { Keeper, KeeperModule } from '../keeper-interface.ts'
import { countEvent } from './count-event.ts'
import { flush, recover } from './delivery.ts'
import { explain } from './explain.ts'
import { facts, setEvent } from './facts.ts'
import { fetchRules } from './fetch-rules.ts'
import { report, save } from './follow.ts'
import { hold } from './hold.ts'
import { life, rules, setLink } from './link.ts'
import { toPageEvent } from './page-event.ts'
import { snooze } from './snooze.ts'
import { watch } from './watch.ts'
import { whenClear } from './when-clear.ts'

const keeper: Keeper = {
  report,
  save,
  recover,
  watch,
  explain,
  allows: (survey) => mayShow(rules, survey, facts()),
  match({ name = '', where = {}, count }, raw) {
    const event = toPageEvent(...raw)
    setEvent(event)
    return count ? countEvent(raw) === count : eventMatches({ name, where }, event)
  },
  hold,
  whenClear,
  fetchRules,
  snooze,
}

export const connect: KeeperModule['connect'] = (...link) => {
  const before = life
  setLink(...link)
  if (life !== before) life.addEventListener('abort', () => flush(true))
  return keeper
}
