import type { UiTexts } from '@heed/contract'
import type { Signal } from '@preact/signals'

/** For how many days; "never" is longer than any browser keeps what it remembers. */
const choices = [
  ['later', 7],
  ['days90', 90],
  ['never', 10_000],
] as const

interface NotNowProps {
  ui: UiTexts
  isOpen: Signal<boolean>
  onChoose(days: number): void
}

/** "Not now": a button that unfolds for how long. Plain buttons, so that Tab and every screen reader find them. */
export const NotNow = ({ ui, isOpen, onChoose }: NotNowProps) => (
  // biome-ignore lint/a11y/noStaticElementInteractions: the key belongs to the buttons inside
  <div
    class="snooze"
    onKeyDown={(event) => {
      if (event.key !== 'Escape' || !isOpen.value) return
      // It closes the choice and not the card.
      event.stopPropagation()
      isOpen.value = false
      event.currentTarget.querySelector('button')?.focus()
    }}
  >
    <button
      type="button"
      aria-expanded={isOpen.value}
      onClick={() => {
        isOpen.value = !isOpen.value
      }}
    >
      {ui.snooze}
      <svg viewBox="4 4 24 24" aria-hidden="true">
        <path d="M11 14l5 5 5-5" />
      </svg>
    </button>
    {isOpen.value && (
      // biome-ignore lint/a11y/useSemanticElements: a fieldset brings looks of its own
      <div class="days" role="group" aria-label={ui.snooze}>
        {choices.map(([name, days]) => (
          <button type="button" key={name} onClick={() => onChoose(days)}>
            {ui[name]}
          </button>
        ))}
      </div>
    )}
  </div>
)
