import type { DisplayState, ResponseContext, ResponseItem } from '@heed/contract'
import { noteAnswered, noteShown } from '@heed/targeting'
import type { SaveOutcome } from '../../panel-interface.ts'
import type { HeedEventDetail } from '../api-types.ts'
import type { Keeper, Opened } from '../keeper-interface.ts'
import { after, listen } from '../listen.ts'
import { contextOf } from './context.ts'
import { deliver, flush } from './delivery.ts'
import { emit } from './emit.ts'
import { granted, pageFacts, remember } from './link.ts'
import { addRecord } from './records.ts'
import { uuid } from './uuid.ts'

/** An answer that is safe on the device waits this long for better news before the visitor hears that it is there. */
const patienceMs = 1000

/** What the keeper makes of an open survey. */
interface Followed {
  /** What all its items begin with. */
  readonly _head: { id: string; surveyId: string; version: number; locale: string; visitor: string | null }
  readonly _context: ResponseContext
  readonly _reached: Set<DisplayState>
  _seq: number
}

const followed = new WeakMap<Opened, Followed>()
let last: Opened | undefined

/** The first word about a survey that has been opened: it was eligible and is shown. */
const follow = (opened: Opened): Followed => {
  const known = followed.get(opened)
  if (known) return known
  const [survey, , , locale, shownMs] = opened
  const fresh: Followed = {
    _head: {
      id: uuid(),
      surveyId: survey.id,
      version: survey.version,
      locale,
      visitor: (granted('storage') && pageFacts().memory.id) || null,
    },
    _context: contextOf(opened),
    _reached: new Set(),
    _seq: 0,
  }
  followed.set(opened, fresh)
  last = opened
  remember({ ...noteShown(pageFacts().memory, survey.id, shownMs), page: shownMs })
  report(opened, 'eligible')
  return fresh
}

export const report: Keeper['report'] = (opened, name) => {
  const { _head, _context, _reached } = follow(opened)
  // A panel that closes after "later" calls itself dismissed.
  if (_reached.has(name) || (name === 'dismissed' && _reached.has('snoozed'))) return
  _reached.add(name)
  emit(name, _head)
  // A response says by itself that its display was answered and completed.
  if (name === 'answered' || name === 'completed') return
  // The first state carries the context; the others join its row.
  addRecord({ type: 'display', ..._head, state: name, ...(name === 'eligible' && { context: _context }) })
  flush()
}

/** Reports a state of the survey that is open, unless it has ended. */
export const reportOpen = (name: DisplayState): void => {
  const reached = last && followed.get(last)?._reached
  if (last && !reached?.has('completed') && !reached?.has('dismissed')) report(last, name)
}

/**
 * Resolves `stored` once the server has acknowledged the answer of that id, `kept` after a moment without a word: whoever
 * is online need not read where an answer waits that is already there.
 */
const storedOrKept = (id: string): Promise<SaveOutcome> =>
  new Promise((resolve) => {
    const stop = new AbortController()
    const settle = (outcome: SaveOutcome) => {
      stop.abort()
      resolve(outcome)
    }
    after(patienceMs, () => settle('kept'), stop.signal)
    listen(
      document,
      'heed:stored',
      (event) => (event as CustomEvent<HeedEventDetail>).detail.id === id && settle('stored'),
      stop.signal,
    )
  })

export const save: Keeper['save'] = async (opened, answers, completed, timing) => {
  const state = follow(opened)
  remember(noteAnswered(pageFacts().memory, state._head.surveyId, Date.now()))
  report(opened, 'answered')
  if (completed) report(opened, 'completed')
  const item: ResponseItem = {
    type: 'response',
    ...state._head,
    seq: ++state._seq,
    subject: (granted('identify') && (pageFacts().context.subject as string | undefined)) || null,
    answers: { ...answers },
    completed,
    timing,
    context: state._context,
  }
  const outcome = await deliver(item, opened[4])
  return outcome === 'kept' && completed && navigator.onLine ? storedOrKept(item.id) : outcome
}
