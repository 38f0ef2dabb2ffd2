import { displayStates } from '@heed/contract'
import { signal as state } from '@preact/signals'
import type { Explanation, Heed, HeedEventDetail } from '../core/api-types.ts'

/** Something that happened, newest first. */
export interface Happening {
  atMs: number
  what: string
}

const maxHappenings = 30
/** Verdicts also change by the clock alone: schedules, hours, cooldowns. Only while somebody looks at them. */
const lookAgainMs = 1000
/** What moves a page, and so may move a verdict. */
const pageEvents = ['click', 'keydown', 'scroll', 'visibilitychange']

export type OverlayModel = ReturnType<typeof createOverlayModel>

/** What the overlay knows: each survey's verdict, kept up to date until the signal, and what its displays did. */
export function createOverlayModel(heed: Heed, notice: string, signal: AbortSignal) {
  const explanations = state<Explanation[] | undefined>(undefined)
  const happenings = state<Happening[]>([])
  const isOpen = state(true)
  const said = state('')
  let isLooking = false
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Asks the engine again; calls that come while it is asked are answered by that. */
  const look = async () => {
    if (isLooking || signal.aborted) return
    isLooking = true
    await heed.ready
    explanations.value = await heed.explain()
    isLooking = false
    clearTimeout(timer)
    if (isOpen.value && !document.hidden && !signal.aborted) timer = setTimeout(look, lookAgainMs)
  }
  for (const name of [...displayStates, 'stored'])
    document.addEventListener(
      `heed:${name}`,
      (event) => {
        const { surveyKey } = (event as CustomEvent<HeedEventDetail>).detail
        happenings.value = [
          { atMs: Date.now(), what: `${surveyKey ?? 'survey'} ${name}` },
          ...happenings.value,
        ].slice(0, maxHappenings)
        look()
      },
      { signal },
    )
  for (const name of pageEvents)
    document.addEventListener(name, look, { capture: true, passive: true, signal })
  signal.addEventListener('abort', () => clearTimeout(timer))
  look()

  return {
    notice,
    explanations,
    happenings,
    isOpen,
    /** What became of the last thing that was asked for. */
    said,
    toggle() {
      isOpen.value = !isOpen.value
      look()
    },
    async show(surveyKey: string) {
      const result = await heed.show(surveyKey, { force: true })
      said.value = result === 'shown' ? '' : `${surveyKey}: ${result}`
      look()
    },
    /** Makes this browser somebody new, so that frequency and cooldown begin again. */
    forget() {
      heed.reset()
      said.value = 'Forgotten: this browser is somebody new now.'
      look()
    },
  }
}
