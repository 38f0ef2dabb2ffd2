import type { QuestionTexts } from '@heed/contract'
import type { Choice, QuestionKind } from '../field.ts'
import { panel } from '../kit.ts'
import type { Look } from '../radios.tsx'
import { smiley, star, thumb } from './faces.ts'

/** Numbers for what has no faces: there are five of them, and every second one is left out for three steps. */
const lookOf = ({ kind, style = kind === 'csat' ? 'smileys' : 'stars', scale = 5 }: QuestionTexts): Look =>
  style === 'smileys' && scale > 5 ? 'numbers' : style

function steps(question: QuestionTexts): Choice[] {
  const { scale = 5 } = question
  const look = lookOf(question)
  return panel._stepsOf(
    question,
    1,
    scale,
    look === 'stars'
      ? star
      : look === 'smileys'
        ? (step) => smiley(scale < 5 ? step * 2 - 1 : step)
        : undefined,
  )
}

const worded = ({ kind, options = [] }: QuestionTexts): Choice[] =>
  options.map(({ key, text }) => ({
    value: key,
    face:
      kind === 'thumbs' ? (
        <>
          {thumb(key)}
          {text}
        </>
      ) : (
        text
      ),
  }))

/** The kinds that one tap on a step or a word answers. */
export const scales = (): Record<string, QuestionKind> => {
  const scale = panel._tapped(steps, lookOf)
  const words = panel._tapped(worded, () => 'list')
  return { csat: scale, rating: scale, gcr: words, thumbs: words }
}
