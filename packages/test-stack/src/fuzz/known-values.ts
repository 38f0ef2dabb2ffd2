import type { Known } from './wire-json.ts'

/** Where values of other names fit, each name as often as another. */
const namesFor: Record<string, string[]> = {
  survey: ['liveSurveyId', 'surveyId', 'surveyKey'],
  surveyId: ['liveSurveyId', 'surveyId', 'surveyKey'],
  surveyKey: ['pageKey', 'surveyKey'],
  responseId: ['responseId', 'picturedId', 'ingestId'],
  cursor: ['nextCursor'],
  preview: ['token'],
}

/** Of other projects, whose things this one's key must not reach: they would only be refused. */
const foreign = /^(prj|pk|sk)_[0-9A-Za-z]+$/
/** Members with ids, keys and words of their own, which are not those of the thing. */
const inner = new Set(['settings', 'questions', 'definition', 'context', 'answers', 'item'])
const perName = 40

/** What replies have given, by name, so that later requests are about things that exist. */
export class KnownValues {
  readonly #values = new Map<string, string[]>()

  add(name: string, value: string): void {
    const values = this.#values.get(name) ?? []
    this.#values.set(name, values)
    if (values.includes(value)) return
    values.push(value)
    if (values.length > perName) values.shift()
  }

  /** A value of the name, or a word that is none. */
  resolve({ name, index }: Known): string {
    const names = (namesFor[name] ?? [name]).filter((one) => this.#values.has(one))
    const values = this.#values.get(names[index % names.length] ?? '') ?? []
    return values[Math.floor(index / names.length) % values.length] ?? 'unknown'
  }

  /** Members of a reply by their names; `id` of `/surveys` is a `surveyId`, its `key` a `surveyKey`. */
  harvest(path: string, reply: unknown): void {
    const collection = path.split('/').findLast((segment) => segment !== '' && !segment.startsWith('{')) ?? ''
    const thing = collection.replace(/s$/, '')
    let left = 2_000
    const walk = (value: unknown): void => {
      if (typeof value !== 'object' || value === null || --left < 0) return
      for (const [key, member] of Object.entries(value)) {
        if (inner.has(key)) continue
        if (typeof member !== 'string') walk(member)
        else if (member !== '' && member.length <= 1000 && !foreign.test(member)) {
          this.add(key === 'id' ? `${thing}Id` : key === 'key' ? `${thing}Key` : key, member)
        }
      }
    }
    walk(reply)
  }
}
