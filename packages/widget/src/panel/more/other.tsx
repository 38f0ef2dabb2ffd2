import type { Field } from '../field.ts'
import { panel } from '../kit.ts'

/** As long as the server takes the free choice. */
const maxLength = 500

/** Its text, as `_complain` and the field take it. */
export const asWords = { key: '', kind: 'text', text: '', maxLength, multiline: false }

/** The field for a choice that is none of the options. */
export const Other = ({
  field,
  text,
  onInput,
}: {
  field: Field
  text: string
  onInput(text: string): void
}) => (
  <panel._Words
    field={{
      ...field,
      _question: asWords,
      _draft: text,
      _select: (value) => onInput(value as string),
    }}
    aria-labelledby={undefined}
    aria-label={field._question.other}
  />
)

/** To the field, which follows the group of the choice and is there by now: drawing is synchronous. */
export const goToOther = (choice: HTMLElement): void =>
  (choice.parentElement?.nextElementSibling as HTMLElement | null)?.focus()
