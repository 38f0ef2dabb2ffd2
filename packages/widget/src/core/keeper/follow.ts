import type { DisplayItem, DisplayState, ResponseContext, ResponseItem, SurveyRules } from '@heed/contract'
import { isPassive, noteAnswered, noteShown } from '@heed/targeting'
import type { SaveOutcome } from '../../panel-interface.ts'
import type { HeedEventDetail } from '../api-types.ts'
import type { Keeper, Opened } from '../keeper-interface.ts'
import { after, listen } from '../listen.ts'
import { beforeSend } from './before-send.ts'
import { addTimeZone, contextOf } from './context.ts'
import { deliver, flush } from './delivery.ts'
import { emit } from './emit.ts'
import { granted, life, options, pageFacts, remember } from './link.ts'
import { addLoss, addRecord } from './records.ts'
import { redact } from './redact.ts'
import { sendPicture } from './send-picture.ts'
import { uuid } from './uuid.ts'
import { isStray } from './when-clear.ts'

/** An answer that is safe on the device waits this long for better news before the visitor hears that it is there. */
const patienceMs = 1000

/** What the keeper makes of an open survey. */
interface Followed {
  /** What all its items begin with. */
  readonly _head: {
    id: string
    surveyId: string
    version: number
    locale: string
    visitor: string | null
    test?: true
  }
  readonly _context: ResponseContext
  readonly _reached: Set<DisplayState>
  _seq: number
  _isLost?: boolean
}

const followed = new WeakMap<Opened, Followed>()
/** The last survey that came up to the visitor. */
let last: Opened | undefined
let heardLife: AbortSignal | undefined
/** Passive surveys that their visitor has closed or completed, until the page becomes another one. */
export const ended = new Set<SurveyRules>()

/** In markup the mere presence of the attribute is enough. */
const isTest = () => !!options.preview || ![undefined, false, 'false'].includes(options.test)

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
      ...(isTest() && { test: true }),
    },
    _context: contextOf(opened),
    _reached: new Set(),
    _seq: 0,
  }
  followed.set(opened, fresh)
  const complete = () => addTimeZone(fresh._context)
  // Displays are sent seconds later, with what has been added by then; a hook sees them now, and sees them whole.
  if (options.beforeSend) complete()
  else requestAnimationFrame(() => setTimeout(complete))
  const isAside = isPassive(survey)
  if (!isAside) last = opened
  remember(noteShown(pageFacts().memory, survey.id, shownMs, isAside))
  if (heardLife !== life) {
    heardLife = life
    // A lock that is held would cost the page its place in the back/forward cache.
    listen(window, 'pagehide', () => last?.[5]?.(), life)
  }
  report(opened, 'eligible')
  return fresh
}

export const report: Keeper['report'] = (opened, name) => {
  const isEnd = name === 'dismissed'
  // What was never there, or is taken away by us, is not dismissed by the visitor.
  if (isEnd && (!followed.has(opened) || life.aborted || isStray(opened[0]))) return
  const { _head, _context, _reached } = follow(opened)
  // A panel that closes after "later" calls itself dismissed.
  if (_reached.has(name) || (isEnd && _reached.has('snoozed'))) return
  _reached.add(name)
  if (isEnd || name === 'completed') ended.add(opened[0])
  emit(name, _head)
  // A response says by itself that its display was answered and completed.
  if (name === 'answered' || name === 'completed') return
  // The first state carries the context; the others join its row.
  const item: DisplayItem = {
    type: 'display',
    ..._head,
    state: name,
    ...(name === 'eligible' && { context: _context }),
  }
  const given = beforeSend(item)
  if (!given) return
  addRecord(given)
  flush()
}

/** Reports a state of a survey that is open, the last one unless told, when it has not ended. */
export const reportOpen = (name: DisplayState, opened = last): void => {
  const reached = opened && followed.get(opened)?._reached
  if (opened && !reached?.has('completed') && !reached?.has('dismissed')) report(opened, name)
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

export const save: Keeper['save'] = async (opened, answers, completed, timing, picture, questions) => {
  const state = follow(opened)
  addTimeZone(state._context)
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
  const given = beforeSend(item)
  // Dropped, the answer is the page's; there is nothing that the visitor could do about it.
  if (given === null) return 'stored'
  if (!given) {
    if (!state._isLost) addLoss('refused')
    state._isLost = true
    flush()
    return 'unsent'
  }
  if (completed) sendPicture(item.id, picture)
  const outcome = await deliver(given, opened[4], redact(given.answers, questions ?? []))
  return outcome === 'kept' && completed && navigator.onLine ? storedOrKept(item.id) : outcome
}
