import type { Trigger } from '@heed/contract'
import type { Verdict } from '@heed/targeting'

/** What each rule is about, for somebody who has not read its name in code. */
const titles: Record<Verdict['rule'], string> = {
  protected: 'Protected page',
  urls: 'Page address',
  audience: 'Audience',
  schedule: 'Schedule',
  hours: 'Local hours',
  sample: 'Sample',
  frequency: 'Frequency',
  cooldown: 'Pause between surveys',
  session: 'One survey a visit',
  snoozed: 'Asked to be left alone',
}

export const titleOf = ({ rule }: Verdict): string => titles[rule]

/** A value on one line, as it stands in code; a missing one is said so. */
export const inWords = (value: unknown): string =>
  value === undefined ? 'missing' : typeof value === 'string' ? value : JSON.stringify(value)

/** A trigger as one would say it: `event purchase, delayMs 1200`. */
export const triggerInWords = ({ on, ...members }: Trigger): string =>
  Object.entries(members)
    .map(([name, value]) => (name === 'name' ? ` ${value}` : `, ${name} ${inWords(value)}`))
    .reduce((words, member) => words + member, on as string)
