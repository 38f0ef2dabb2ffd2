import type { SurveyRules } from '@heed/contract'
import { asksVisitor, mayMeet } from '@heed/targeting'
import type { PanelHandle } from '../panel-interface.ts'
import type { ShowResult } from './api-types.ts'
import { factsNow } from './facts.ts'
import type { Opened, RawEvent } from './keeper-interface.ts'
import { listen } from './listen.ts'
import { readMemory } from './memory.ts'
import { loadPanel, loadTexts, withKeeper } from './parts.ts'
import { life, rules } from './settings.ts'

/** Whether the survey that is open or about to be still is: there is never a second one. */
let isOpening: (() => boolean) | undefined
let handle: PanelHandle | undefined

export const close = (): void => handle?.close()

/**
 * Shows a survey: loads what it needs, waits for a modal dialog of the page, which makes everything else inert, to
 * close, then asks the rules once more. `isOn` tells until then whether its moment has been called off.
 */
export const open = async (
  survey: SurveyRules,
  trigger: string,
  event: RawEvent | undefined,
  onChange: () => void,
  isOn: () => boolean,
  isForced?: boolean,
): Promise<ShowResult> => {
  const isAble = async () =>
    isForced ||
    (mayMeet(rules, survey, factsNow()) &&
      (!asksVisitor(survey) || (await withKeeper(({ mayShow }) => mayShow(survey)))))
  if (!(await isAble())) return 'ineligible'
  if (isOpening?.()) return 'busy'
  isOpening = isOn
  try {
    const [[panel, ...parts], texts] = await Promise.all([loadPanel(survey), loadTexts(survey)])
    while (document.querySelector('dialog:modal'))
      await new Promise((resolve) => listen(document, 'close', resolve, life.signal))
    readMemory()
    if ((await isAble()) && isOn()) {
      const opened: Opened = [survey, trigger, event, texts.locale, Date.now()]
      handle = panel.open({
        display: survey.display,
        texts,
        parts,
        host: {
          report: (state) => withKeeper((keeper) => keeper.report(opened, state)).then(onChange),
          save: (...answer) =>
            withKeeper((keeper) => keeper.save(opened, ...answer)).then((outcome) => outcome ?? 'unsent'),
          snooze: () => {},
          occupy: () => {},
          closed() {
            isOpening = handle = undefined
            onChange()
          },
        },
      })
      isOpening = () => true
      return 'shown'
    }
  } catch {}
  if (isOpening === isOn) isOpening = undefined
  return 'failed'
}
