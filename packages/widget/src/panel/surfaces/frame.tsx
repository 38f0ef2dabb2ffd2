import { signal } from '@preact/signals'
import type { PanelHost, PanelOptions } from '../../panel-interface.ts'
import type { Surface } from '../surface.ts'
import { Logo } from './logo.tsx'
import { NotNow } from './not-now.tsx'

/**
 * Puts around the panel what the survey asks for: a few words that stand for it until they are tapped, where the
 * surface `canFold`; the shop's logo above; "not now" below. Returns what to open the card with; `onClosed` hears of its
 * end in place of the host.
 */
export function frame(
  options: PanelOptions,
  surface: Surface,
  canFold?: boolean,
  onClosed?: () => void,
): [PanelOptions, Surface] {
  const { texts, host, display } = options
  const { teaser, ui } = texts
  const isFolded = signal(!!canFold && !!teaser)
  const isChoosing = signal(false)
  let hasSnoozed = false

  const framedHost: PanelHost = {
    ...host,
    ...(onClosed && { closed: onClosed }),
    report(state) {
      // Whoever says "later" has not sent the survey away without a word.
      if (!hasSnoozed || state !== 'dismissed') host.report(state)
    },
  }
  const framed: Surface = {
    ...surface,
    _isFolded: () => isFolded.value,
    _frame: (panel, model, close) => (
      <>
        {isFolded.value ? (
          <button
            type="button"
            class="tease"
            onClick={() => {
              isFolded.value = isChoosing.value = false
            }}
          >
            {teaser}
          </button>
        ) : (
          <Logo src={texts.appearance.logo} />
        )}
        {panel}
        {texts.snooze && !model._outcome.value && !model._canGoBack() && (
          <NotNow
            ui={ui}
            isOpen={isChoosing}
            onChoose={(days) => {
              hasSnoozed = true
              host.snooze(days)
              close()
            }}
          />
        )}
      </>
    ),
    _drawn(mounted) {
      // The style sheet hides the rest of the panel meanwhile. Its question names the card all the same.
      if (canFold)
        mounted.root.host.className = isFolded.value
          ? `folded ${display?.position ?? 'bottom-end'}`
          : surface._class
      surface._drawn?.(mounted)
    },
  }
  return [{ ...options, host: framedHost }, framed]
}
