/** A value that an earlier reply gave, chosen when the request is sent: ids, keys, cursors. */
export class Known {
  readonly name: string
  readonly index: number

  constructor(name: string, index: number) {
    this.name = name
    this.index = index
  }
}

/** Text that goes into the request as it stands, whether or not it is JSON or an address. */
export class Raw {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** An object whose members are written in this order, however often a name comes. */
export class Members {
  readonly entries: readonly (readonly [string, unknown])[]

  constructor(entries: readonly (readonly [string, unknown])[]) {
    this.entries = entries
  }
}

/** What stands for a known value when the request is sent. */
export type Resolve = (known: Known) => string

/** JSON with what `JSON.stringify` would not write. */
export function writeJson(value: unknown, resolve: Resolve): string {
  if (value instanceof Raw) return value.text
  if (value instanceof Known) return JSON.stringify(resolve(value))
  if (Array.isArray(value)) return `[${value.map((element) => writeJson(element, resolve)).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = value instanceof Members ? value.entries : Object.entries(value)
  const members = entries.map(([key, member]) => `${JSON.stringify(key)}:${writeJson(member, resolve)}`)
  return `{${members.join()}}`
}
