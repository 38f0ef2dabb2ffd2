import { choicesOf, lookOf } from './choices.tsx'
import { submitOnEnter } from './enter-key.ts'
import type { PanelModel } from './panel-model.ts'
import { radioTarget } from './radio-keys.ts'

/** Every question that is answered by one of a few choices: the steps of a scale, or worded options. */
export function Scale({ model }: { model: PanelModel }) {
  const question = model._question.value
  const { kind } = question
  const look = lookOf(question)
  const draft = model._draft.value
  // Of all answers to such a question only the free one is an object.
  const free = typeof draft === 'object' ? (draft as { other: string }) : undefined
  const choices = choicesOf(question)
  const selected = choices.findIndex(({ value }) => value === draft || (free && typeof value === 'object'))
  const at = Math.max(selected, 0)

  function onKeyDown(event: KeyboardEvent & { currentTarget: HTMLElement }) {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const isRtl = model._texts.dir === 'rtl'
    const target = radioTarget(event.key, at, choices.length, kind === 'nps' ? 0 : 1, isRtl) ?? -1
    const choice = choices[target]
    if (!choice) return
    event.preventDefault()
    model._select(choice.value)
    ;(event.currentTarget.children[target] as HTMLElement).focus()
  }

  return (
    <>
      <div
        class={`scale ${kind} ${look}`}
        role="radiogroup"
        aria-labelledby="q"
        aria-describedby="hint error"
        aria-required={question.required}
        onKeyDown={onKeyDown}
      >
        {choices.map(({ value, wording, face }, index) => (
          // A native radio changes with the arrow keys too, so it cannot tell choosing from giving the answer.
          // biome-ignore lint/a11y/useSemanticElements: see above
          <button
            type="button"
            role="radio"
            aria-checked={index === selected}
            aria-label={wording && look !== 'list' ? `${value}, ${wording}` : (wording ?? `${value}`)}
            tabIndex={index === at ? 0 : -1}
            onClick={({ currentTarget }) => {
              if (typeof value !== 'object') return void model._choose(value)
              model._select(value)
              // Drawing is synchronous: its field is there.
              currentTarget.parentElement?.parentElement?.querySelector('input')?.focus()
            }}
          >
            {face}
          </button>
        ))}
      </div>
      {look !== 'list' && (
        <div class="ends">
          <span>{choices[0]?.wording}</span>
          <span>{choices[choices.length - 1]?.wording}</span>
        </div>
      )}
      {free && (
        <input
          aria-label={question.other}
          maxLength={question.maxLength}
          value={free.other}
          onKeyDown={submitOnEnter(model)}
          onInput={({ currentTarget }) => model._select({ other: currentTarget.value })}
        />
      )}
    </>
  )
}
