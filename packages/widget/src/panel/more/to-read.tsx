import type { QuestionKind } from '../field.ts'
import { away } from './faces.ts'

/** Words to read, and a button to go on. */
export const message: QuestionKind = { _View: () => null }

/** A way to somewhere else, which may be taken or not. */
export const link: QuestionKind = {
  _View: ({ field }) => {
    const { url = '', label } = field._question
    // Publishing lets no other scheme pass; what runs in the page of a shop looks again.
    if (!/^https?:\/\//i.test(url)) return null
    return (
      <a
        class="link"
        href={url}
        target="_blank"
        rel="noopener noreferrer"
        referrerpolicy="no-referrer"
        tabIndex={0}
        onClick={() => field._select()}
      >
        {label}
        {away()}
      </a>
    )
  },
}
