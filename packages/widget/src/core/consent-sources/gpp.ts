import { safely } from '../safely.ts'
import { type Answer, consentOf, type Source } from './source.ts'

type Section = Record<string, unknown>

interface PingData {
  signalStatus: 'ready' | 'not ready'
  /** Ids of the sections that hold for this visitor; -1 when none does, 0 while that is not known. */
  applicableSections: number[]
  /** By the section's name with or without its version; some platforms give its segments apart. */
  parsedSections: Record<string, Section | Section[]>
}

type Api = (
  command: string,
  callback: (data: { listenerId: number; pingData: PingData }, isSuccess: boolean) => void,
  parameter?: number,
) => void

/** How the names of sections begin, by what counts in them. */
const frameworks = { 2: 'tcfeu', 5: 'tcfca' } as Record<number, string>
/** All ids from here on are of laws of the United States. */
const firstUsId = 6

const isYes = (value: unknown) => value === true || value === 1

/** Under a law of opting out all is allowed until the visitor says no, by whatever field. 1 is yes there, 2 is no. */
const isOptedOut = (section: Section) =>
  Object.entries(section).some(
    ([name, value]) =>
      (name === 'Gpc' && isYes(value)) ||
      // Opted out; or did not consent, for a child or to a use that was not announced.
      (/(OptOut(Sale)?|Consents?)$/.test(name) && [value].flat().some((one) => one === 1 || one === 'Y')),
  )

/** What a section that applies says of storing and of identifying; undefined when it is not there. */
const readSection = (id: number, parsed: PingData['parsedSections']): boolean[] | undefined => {
  const prefix = frameworks[id] ?? (id < firstUsId ? '-' : 'us')
  const sections: Section[] = Object.keys(parsed)
    .filter((name) => name.startsWith(prefix))
    .map((name) => Object.assign({}, ...[parsed[name]].flat()))
  const [section] = sections
  if (!section) return undefined
  if (prefix === 'us') return [!sections.some(isOptedOut), true]
  // Of Canada's two kinds of consent the one that was expressed.
  const purposes = (section.PurposeConsents ?? section.PurposesExpressConsent) as unknown[]
  return [isYes(purposes[0]), isYes(purposes[8])]
}

/** What all that apply agree on; undefined as long as one of them cannot be read. */
const read = ({ applicableSections, parsedSections }: PingData): Answer | undefined => {
  const ids = applicableSections.filter((id) => id > 0)
  if (!ids.length) return applicableSections.includes(0) ? undefined : null
  const all = ids.map((id) => readSection(id, parsedSections))
  if (all.includes(undefined)) return undefined
  const mayStore = all.every((one) => one?.[0])
  return consentOf(mayStore, mayStore && all.every((one) => one?.[1]))
}

/**
 * IAB Global Privacy Platform 1.1, section by section: purposes 1 and 9 of the European and the Canadian framework as in
 * `tcf.ts`, the opt-outs of the laws of the United States.
 * @see https://github.com/InteractiveAdvertisingBureau/Global-Privacy-Platform/blob/main/Core/CMP%20API%20Specification.md
 */
export const gpp: Source = (answer, signal) => {
  const page = window as { __gpp?: Api }
  if (!page.__gpp) return answer(null)
  let id: number | undefined
  const stop = () => id !== undefined && page.__gpp?.('removeEventListener', () => {}, id)
  signal.addEventListener('abort', stop)
  const onEvent = safely<Parameters<Parameters<Api>[1]>, void>((data) => {
    id = data.listenerId
    if (signal.aborted) stop()
    else if (data.pingData.signalStatus === 'ready') {
      const said = read(data.pingData)
      if (said !== undefined) answer(said)
    }
  })
  page.__gpp('addEventListener', onEvent)
}
