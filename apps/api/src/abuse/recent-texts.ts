import { randomInt } from 'node:crypto'
import { Generations } from './generations.ts'

/** Texts with fewer characters, spaces and punctuation aside, say the same by chance. */
const shortestLength = 12
/** From here on two people do not choose the same words. */
const longLength = 40

/** Of longer texts this much is compared: nobody begins so twice by chance. */
const comparedLength = 300
const hourMs = 3_600_000

/** Of ASCII only letters, whatever their case, and digits; 0 for what is left out. */
const folded = Uint8Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code).toLowerCase()
  return /[a-z0-9]/.test(letter) ? letter.charCodeAt(0) : 0
})

/** A text that was said lately: by which responses first, and since when. */
interface Said {
  sinceMs: number
  first: string
  second: string | undefined
}

/**
 * Which texts of a project came again within an hour. Remembers hashes of texts, which mean nothing outside this
 * process, and 20,000 of them, about 5 MB.
 */
export class RecentTexts {
  readonly #said: Generations<number, Said>
  readonly #seed = randomInt(2 ** 32 - 1)

  constructor(capacity = 20_000) {
    this.#said = new Generations(capacity)
  }

  /** How many texts are remembered. */
  get size(): number {
    return this.#said.size
  }

  /**
   * Notes a text; `long` or `short` when two other responses of the project have said the same. A response that grows
   * says its own text again.
   */
  note(projectId: string, responseId: string, text: string, nowMs: number): 'long' | 'short' | undefined {
    if (text.length < shortestLength) return undefined
    const { hash, length } = this.#fold(projectId, text)
    if (length < shortestLength) return undefined
    const said = this.#said.get(hash)
    if (!said || nowMs - said.sinceMs > hourMs) {
      this.#said.set(hash, { sinceMs: nowMs, first: responseId, second: undefined })
      return undefined
    }
    if (said.first === responseId || said.second === responseId) return undefined
    if (said.second === undefined) {
      said.second = responseId
      return undefined
    }
    return length >= longLength ? 'long' : 'short'
  }

  /** 53 bits of project, letters and digits, whatever stands between them (cyrb53, by bryc), and how many there are. */
  #fold(projectId: string, text: string): { hash: number; length: number } {
    let high = 0xdeadbeef ^ this.#seed
    let low = 0x41c6ce57 ^ this.#seed
    for (let index = 0; index < projectId.length; index += 1) {
      high = Math.imul(high ^ projectId.charCodeAt(index), 2654435761)
      low = Math.imul(low ^ projectId.charCodeAt(index), 1597334677)
    }
    let length = 0
    for (let index = 0; index < text.length && length < comparedLength; index += 1) {
      let code = text.charCodeAt(index)
      if (code < 128) code = folded[code] ?? 0
      else if (isPunctuation(code)) code = 0
      if (code === 0) continue
      high = Math.imul(high ^ code, 2654435761)
      low = Math.imul(low ^ code, 1597334677)
      length += 1
    }
    high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
    low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
    return { hash: 4294967296 * (2097151 & low) + (high >>> 0), length }
  }
}

/** Beyond ASCII: spaces and signs of Latin-1, general punctuation, that of Chinese, Japanese and Korean, full-width. */
const isPunctuation = (code: number): boolean =>
  code < 0xc0 ||
  (code >= 0x2000 && code < 0x2070) ||
  (code >= 0x3000 && code < 0x3004) ||
  (code >= 0xff00 && code < 0xff10)
