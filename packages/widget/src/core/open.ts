import type { SurveyRules } from '@heed/contract'
import { asksVisitor, isPassive } from '@heed/targeting'
import type { PanelHandle, SaveOutcome } from '../panel-interface.ts'
import type { ShowOptions, ShowResult } from './api-types.ts'
import { context, mayMeetNow } from './facts.ts'
import type { Opened, RawEvent } from './keeper-interface.ts'
import { prefix } from './memory.ts'
import { loadPanel, loadPart, loadTexts, withKeeper } from './parts.ts'

/** A survey that is open, or about to be until its moment is called off. */
interface Place {
  readonly _survey: SurveyRules
  readonly _moment: AbortSignal
  /** Leaves room for others: it is passive, and its form is not open. */
  _isAside: boolean
  _handle?: PanelHandle
}

type Tell = (opened: Opened, ...said: unknown[]) => SaveOutcome | undefined

export const places = new Set<Place>()

/** Closes the survey that is open, or the form of a side button; for good: takes everything from the page. */
export const close = (isForGood?: boolean): void => {
  for (const { _isAside, _handle } of places) if (isForGood || !_isAside) _handle?.close(isForGood)
}

/** How to give way to other tabs; undefined while another one shows a survey. */
const claimTab = (): Promise<(() => void) | undefined> =>
  new Promise((resolve) => {
    const hold = (lock: unknown) => new Promise<void>((release) => resolve(lock ? release : undefined))
    // Rejects where the page has no origin of its own; then, and where there are no locks, memory has to do.
    navigator.locks?.request(prefix(), { ifAvailable: true }, hold).catch(hold) ?? hold(1)
  })

/**
 * Shows a survey: loads what it needs, waits until nothing hinders it, then asks the rules once more. `moment` tells
 * until then whether it has been called off.
 */
export const open = async (
  survey: SurveyRules,
  trigger: string,
  event: RawEvent | undefined,
  onChange: () => void,
  moment: AbortSignal,
  { force, answers }: ShowOptions = {},
): Promise<ShowResult> => {
  const place: Place = { _survey: survey, _moment: moment, _isAside: isPassive(survey) }
  let release: (() => void) | undefined
  const isAble = async () =>
    force ||
    (mayMeetNow(survey) && (!asksVisitor(survey) || (await withKeeper(({ allows }) => allows(survey)))))
  const leave = () => {
    places.delete(place)
    release?.()
  }
  if (!(await isAble())) return 'ineligible'
  for (const { _survey, _moment, _isAside, _handle } of places)
    if ((_handle || !_moment.aborted) && (_survey === survey || !(_isAside || place._isAside))) return 'busy'
  places.add(place)
  try {
    const [[panel, ...parts], texts] = await Promise.all([loadPanel(survey), loadTexts(survey)])
    // What is rare is the keeper's: it waits, and takes passive surveys from pages where they do not belong.
    const isClear =
      !(place._isAside || document.hidden || document.querySelector('dialog:modal')) ||
      (await withKeeper(({ whenClear }) => whenClear(survey, moment, () => place._handle?.close(true))))
    if (isClear) release = place._isAside ? () => {} : await claimTab()
    if (release && (await isAble()) && !moment.aborted) {
      const opened: Opened = [survey, trigger, event, texts.locale, Date.now(), release]
      /** To the keeper; where that cannot be had, an answer is not sent. */
      const tell =
        (name: 'report' | 'save' | 'snooze') =>
        async (...said: unknown[]) => {
          const outcome = await withKeeper((keeper) => (keeper[name] as Tell)(opened, ...said))
          onChange()
          return outcome ?? 'unsent'
        }
      place._handle = panel.open({
        display: survey.display,
        texts,
        parts,
        context: context as Record<string, unknown>,
        answers,
        host: {
          part: loadPart,
          report: tell('report'),
          save: tell('save'),
          snooze: tell('snooze'),
          occupy(isOpen) {
            place._isAside = !isOpen
            onChange()
          },
          closed() {
            leave()
            onChange()
          },
        },
      })
      return 'shown'
    }
  } catch {}
  leave()
  return 'failed'
}
