import type { AnswerValue, QuestionTexts } from '@heed/contract'

const write = (field: HTMLInputElement | HTMLTextAreaElement, text: string) => {
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true, composed: true }))
}

/** A step of a scale is named `7`, or `7, Extremely likely`; an option by its words alone. */
const isChoice = (choice: HTMLElement, value: string, words: string | undefined): boolean => {
  const label = choice.getAttribute('aria-label')
  return label === null ? choice.textContent?.trim() === words : label.split(',')[0] === value
}

/**
 * Enters an answer into what is drawn under a heading. Whether that was all that it takes: a tap on one of a few choices
 * gives the answer at once.
 * @throws when the question does not offer that answer
 */
export function enter(
  root: ShadowRoot,
  headingId: string,
  question: QuestionTexts,
  value: AnswerValue,
): boolean {
  const { key, kind, options = [], other } = question
  const refuse = (): never => {
    throw new Error(`heed: the question "${key}" cannot be answered with ${JSON.stringify(value)}`)
  }
  const find = <Found extends HTMLElement>(selector: string) =>
    root.querySelector<Found>(selector.replaceAll('&', `[aria-labelledby=${headingId}]`)) ?? refuse()
  const choices = () => [...find('&').querySelectorAll<HTMLElement>('[role=radio],[role=checkbox]')]
  const choiceOf = (one: string) =>
    choices().find((choice) => isChoice(choice, one, options.find((option) => option.key === one)?.text)) ??
    refuse()
  const freeChoice = () => (other ? choices().at(-1) : undefined) ?? refuse()
  const isTicked = (choice: HTMLElement) => choice.getAttribute('aria-checked') === 'true'
  const tick = (choice: HTMLElement, willBe: boolean) => {
    if (isTicked(choice) !== willBe) choice.click()
  }
  const writeFree = (words: string) => {
    const field = [...root.querySelectorAll<HTMLTextAreaElement>('textarea,input')].find(
      (one) => one.getAttribute('aria-label') === other,
    )
    write(field ?? refuse(), words)
  }

  if (kind === 'consent') tick(find('&[role=checkbox]'), value === true)
  else if (kind === 'multiple') {
    const keys = Array.isArray(value)
      ? value
      : typeof value === 'object' && 'keys' in value
        ? value.keys
        : refuse()
    const words = Array.isArray(value) ? undefined : (value as { other?: string }).other
    for (const one of keys) choiceOf(one)
    for (const { key: one } of options) tick(choiceOf(one), keys.includes(one))
    if (other) tick(freeChoice(), words !== undefined)
    if (words !== undefined) writeFree(words)
  } else if (kind === 'text' || kind === 'email')
    write(find('textarea&,input&'), typeof value === 'string' ? value : refuse())
  else if (typeof value === 'object') {
    freeChoice().click()
    writeFree((value as { other: string }).other)
  } else {
    choiceOf(`${value}`).click()
    return true
  }
  return false
}
