import type { Trigger } from '@heed/contract'
import { eventMatches, mayShow } from '@heed/targeting'
import type { ExplainModule } from '../explain.ts'
import type { Keeper, KeeperModule } from '../keeper-interface.ts'
import { countEvent } from './count-event.ts'
import { flush, recover } from './delivery.ts'
import { facts, setEvent } from './facts.ts'
import { fetchRules } from './fetch-rules.ts'
import { report, save } from './follow.ts'
import { hold } from './hold.ts'
import { heard, life, loadPart, rules, setLink } from './link.ts'
import { load } from './load.ts'
import { toPageEvent } from './page-event.ts'
import { snooze } from './snooze.ts'
import { fires, watch } from './watch.ts'
import { whenClear } from './when-clear.ts'

const keeper: Keeper = {
  report,
  save,
  recover,
  watch,
  async explain(surveyKey) {
    const { explain } = await loadPart<ExplainModule>('explain')
    const timesOf = (trigger: Trigger) => fires.get(trigger) ?? 0
    return explain({ rules, facts: facts(), heard, fires: timesOf }, surveyKey)
  },
  allows: (survey) => mayShow(rules, survey, facts()),
  match({ name = '', where = {}, count }, raw) {
    const event = toPageEvent(...raw)
    setEvent(event)
    return count ? countEvent(raw) === count : eventMatches({ name, where }, event)
  },
  hold,
  whenClear,
  fetchRules,
  load,
  snooze,
}

export const connect: KeeperModule['connect'] = (...link) => {
  const before = life
  setLink(...link)
  if (life !== before) life.addEventListener('abort', () => flush(true))
  return keeper
}
