import { safely } from '../safely.ts'
import { consentOf, type Source } from './source.ts'

interface TcData {
  /** Undefined as long as the platform does not know. */
  gdprApplies?: boolean
  eventStatus: string
  listenerId: number
  purpose: { consents: Record<number, boolean> }
}

type Api = (
  command: string,
  version: 2,
  callback: (data: TcData, isSuccess: boolean) => void,
  parameter?: number,
) => void

/**
 * IAB Transparency and Consent Framework 2.2. Keeping anything on the device is purpose 1; saying who the visitor is
 * joins an answer with what the shop knows of them, which is purpose 9. Only consent counts, no legitimate interest.
 * Where the GDPR does not apply the framework neither allows nor forbids, so it says nothing.
 * @see https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework/blob/master/TCFv2/IAB%20Tech%20Lab%20-%20CMP%20API%20v2.md
 */
export const tcf: Source = (answer, signal) => {
  const page = window as { __tcfapi?: Api }
  if (!page.__tcfapi) return answer(null)
  let id: number | undefined
  // The stub that stood there at first has been replaced since.
  const stop = () => id !== undefined && page.__tcfapi?.('removeEventListener', 2, () => {}, id)
  signal.addEventListener('abort', stop)
  const onEvent = safely<Parameters<Parameters<Api>[2]>, void>((data, isSuccess) => {
    if (!isSuccess) return
    id = data.listenerId
    if (signal.aborted) stop()
    else if (data.gdprApplies === false) answer(null)
    // While the dialog is open, what was said before holds.
    else if (/^(tcloaded|useractioncomplete)$/.test(data.eventStatus)) {
      const { 1: mayStore = false, 9: mayCombine = false } = data.purpose.consents
      answer(consentOf(mayStore, mayStore && mayCombine))
    }
  })
  page.__tcfapi('addEventListener', 2, onEvent)
}
