import { eventMatches, mayShow } from '@heed/targeting'
import type { Keeper, KeeperModule } from '../keeper-interface.ts'
import { flush, recover } from './delivery.ts'
import { explain } from './explain.ts'
import { facts, setEvent } from './facts.ts'
import { fetchRules } from './fetch-rules.ts'
import { report, save } from './follow.ts'
import { life, rules, setLink } from './link.ts'
import { toPageEvent } from './page-event.ts'
import { snooze } from './snooze.ts'
import { watch } from './watch.ts'

const keeper: Keeper = {
  report,
  save,
  recover,
  watch,
  explain,
  mayShow: (survey) => mayShow(rules, survey, facts()),
  isMatch(trigger, raw) {
    const event = toPageEvent(...raw)
    setEvent(event)
    return eventMatches(trigger, event)
  },
  fetchRules,
  snooze,
}

export const connect: KeeperModule['connect'] = (...link) => {
  const before = life
  setLink(...link)
  if (life !== before) life.addEventListener('abort', () => flush(true))
  return keeper
}
