import type { QuestionKind } from '../field.ts'
import { panel } from '../kit.ts'

/** As the server checks it: something, an @, and a name with a dot in it; whether it exists only a letter can tell. */
const address = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/
/** The longest address that can be written to, and more. */
const maxLength = 320

export const email: QuestionKind = {
  _isOpen: true,
  _View: ({ field }) => (
    <panel._Words
      field={{ ...field, _question: { ...field._question, multiline: false, maxLength } }}
      type="email"
      inputMode="email"
      autoComplete="email"
    />
  ),
  _complain: (answer, _, ui) =>
    (!address.test(answer as string) || (answer as string).length > maxLength) && ui.email,
  _accept: (given) => (typeof given === 'string' ? given : undefined),
}
