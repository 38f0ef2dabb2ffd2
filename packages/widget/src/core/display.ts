import type { DisplayState, PageEvent, ResponseItem, SurveyRules } from '@heed/contract'
import { mayShow, noteAnswered, noteShown } from '@heed/targeting'
import type { PanelHandle, PanelHost } from '../panel-interface.ts'
import type { ShowResult } from './api-types.ts'
import { granted } from './consent.ts'
import { flush, save } from './delivery.ts'
import { emit } from './emit.ts'
import { contextNow, factsNow } from './facts.ts'
import { readMemory, remember } from './memory.ts'
import { loadPanel, loadTexts } from './panel-loader.ts'
import { addRecord } from './records.ts'
import { state } from './state.ts'
import { uuid } from './uuid.ts'

/** A survey whose time has come, and what brought it. */
export interface Moment {
  _survey: SurveyRules
  _trigger: string
  _event: PageEvent | undefined
}

/** The display that is open or about to be; there is never a second one. */
interface Display {
  _moment: Moment
  _handle?: PanelHandle
  _report?: (state: DisplayState) => void
}
let current: Display | undefined

/** Resolves when no modal dialog of the page makes everything else inert. */
const noModal = async () => {
  while (document.querySelector('dialog:modal'))
    await new Promise((resolve) =>
      document.addEventListener('close', resolve, { capture: true, once: true, signal: state._life.signal }),
    )
}

export const closeDisplay = (): void => current?._handle?.close()

/** Reports a state of the open display. */
export const reportDisplay = (name: DisplayState): void => current?._report?.(name)

/** Calls off a display that is not open yet. */
export const cancelDisplay = (isMeant: (moment: Moment) => unknown): void => {
  if (current && !current._handle && isMeant(current._moment)) current = undefined
}

/** Shows a survey: loads what it needs, waits for the page's own modal dialog, then asks the rules once more. */
export const open = async (
  moment: Moment,
  isForced: boolean | undefined,
  onClosed: () => void,
): Promise<ShowResult> => {
  if (current) return 'busy'
  const display: Display = { _moment: moment }
  current = display
  const { _survey: survey, _event: event } = moment
  const id = uuid()
  const reached: Partial<Record<DisplayState, boolean>> = {}
  const head = { id, surveyId: survey.id, version: survey.version }
  const visitor = () => ({ visitor: (granted('storage') && state._memory.id) || null })
  const report = (name: DisplayState) => {
    if (reached[name] || (name === 'dismissed' && reached.snoozed)) return
    reached[name] = true
    // A response says by itself that its display was answered and completed.
    if (name !== 'answered' && name !== 'completed') {
      // The first state carries the context, the others join its row.
      addRecord({
        type: 'display',
        ...head,
        state: name,
        ...visitor(),
        ...(name === 'eligible' && { context }),
      })
      flush()
    }
    emit(name, head)
  }
  const context = contextNow(moment._trigger, event)
  report('eligible')
  try {
    const [{ open }, texts] = await Promise.all([loadPanel(), loadTexts(survey)])
    await noModal()
    if (current !== display) return 'cancelled'
    readMemory()
    if (!isForced && !mayShow(state._rules, survey, factsNow(event))) {
      current = undefined
      return 'ineligible'
    }
    const shownAt = Date.now()
    let seq = 0
    const host: PanelHost = {
      report,
      save(answers, completed, timing) {
        remember(noteAnswered(state._memory, survey.id, Date.now()))
        report('answered')
        if (completed) report('completed')
        const item: ResponseItem = {
          type: 'response',
          ...head,
          seq: ++seq,
          locale: texts.locale,
          ...visitor(),
          subject: granted('identify') ? state._subject : null,
          answers: { ...answers },
          completed,
          timing,
          context,
        }
        return save(item, shownAt)
      },
      closed() {
        current = undefined
        onClosed()
      },
    }
    display._report = report
    display._handle = open({ display: survey.display, texts, host })
    remember({ ...noteShown(state._memory, survey.id, shownAt), page: shownAt })
    report('shown')
    return 'shown'
  } catch {
    current = undefined
    return 'failed'
  }
}
