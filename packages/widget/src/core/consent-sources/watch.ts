import type { ConsentModule } from '../consent-interface.ts'
import { safely } from '../safely.ts'
import { gpp } from './gpp.ts'
import { shopify } from './shopify.ts'
import type { Answer } from './source.ts'
import { tcf } from './tcf.ts'

/** The first that has something to say of this visitor decides. */
const sources = [shopify, tcf, gpp]

export const watch: ConsentModule['watch'] = (report, signal) => {
  const answers: (Answer | undefined)[] = sources.map(() => undefined)
  let last: string | undefined
  const update = () => {
    const waiting = answers.indexOf(undefined)
    const speaking = answers.findIndex((answer) => answer)
    // A stronger one is still to be heard.
    if (waiting >= 0 && (speaking < 0 || waiting < speaking)) return
    const said = answers[speaking] ?? {}
    const text = `${said.storage}${said.identify}`
    if (text === last) return
    last = text
    report(said)
  }
  sources.forEach((source, index) => {
    safely(source)((given) => {
      if (signal.aborted) return
      answers[index] = given
      update()
    }, signal)
  })
}
