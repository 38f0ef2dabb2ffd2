import { panel } from '../kit.ts'
import type { PanelModel } from '../panel-model.ts'

/** Written from right to left: Hebrew, Arabic and what stands beside them. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

/** An answer in the words in which the visitor has read or written it. */
function said(model: PanelModel, key: string | undefined): string | undefined {
  // On a page all questions are met at once; else an answer of a branch that was left is no answer.
  const asked = model._texts.layout ? model._questions : model._trail.value
  const question = asked.find((one) => one.key === key && panel._kinds[one.kind])
  const answer = question && model._settled(question)
  if (answer === undefined || typeof answer === 'boolean') return undefined
  const { keys = [], other = undefined } =
    typeof answer === 'object' && !Array.isArray(answer)
      ? (answer as { keys?: string[]; other?: string })
      : {}
  const given = typeof answer === 'object' ? (Array.isArray(answer) ? answer : keys) : [`${answer}`]
  const words = given.map((one) => question?.options?.find((option) => option.key === one)?.text ?? one)
  return new Intl.ListFormat(model._texts.locale).format(other ? [...words, other] : words)
}

/**
 * Puts what the page told or the visitor answered in place of `{product.name|fallback}`, and the fallback where there
 * is nothing to say. Only own members are read, and only texts and numbers are written.
 */
export const fill = (text: string, model: PanelModel): string =>
  text.replace(/\{([^{}|]+)\|([^{}]*)\}/g, (_, path: string, fallback: string) => {
    const [root, ...members] = path.split('.')
    const found =
      root === 'answers'
        ? said(model, members[0])
        : [root as string, ...members].reduce<unknown>(
            (value, member) =>
              typeof value === 'object' && value && Object.hasOwn(value, member)
                ? (value as Record<string, unknown>)[member]
                : undefined,
            model._context,
          )
    const words = Number.isFinite(found) || typeof found === 'string' ? `${found}`.trim() : ''
    if (!words) return fallback
    // A name in the other direction would carry the punctuation beside it away.
    return model._texts.dir === 'rtl' || rightToLeft.test(words) ? `\u2068${words}\u2069` : words
  })
