import { randomInt } from 'node:crypto'
import { Generations } from './generations.ts'

/** Texts with fewer characters, spaces and punctuation aside, say the same by chance. */
const shortestLength = 12
/** From here on two people do not choose the same words. */
const longLength = 40
const hourMs = 3_600_000

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
  readonly #said: Generations<Said>
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
    const { hash, length } = this.#fold(text)
    if (length < shortestLength) return undefined
    const key = `${projectId} ${hash}`
    const said = this.#said.get(key)
    if (!said || nowMs - said.sinceMs > hourMs) {
      this.#said.set(key, { sinceMs: nowMs, first: responseId, second: undefined })
      return undefined
    }
    if (said.first === responseId || said.second === responseId) return undefined
    if (said.second === undefined) {
      said.second = responseId
      return undefined
    }
    return length >= longLength ? 'long' : 'short'
  }

  /** 53 bits of the letters and digits, whatever their case and what stands between them (cyrb53, by bryc). */
  #fold(text: string): { hash: number; length: number } {
    const folded = text.toLowerCase()
    let high = 0xdeadbeef ^ this.#seed
    let low = 0x41c6ce57 ^ this.#seed
    let length = 0
    for (let index = 0; index < folded.length; index += 1) {
      const code = folded.charCodeAt(index)
      // Of ASCII only letters and digits, and neither general punctuation nor that of Chinese, Japanese and Korean.
      if (code < 0x30 || (code > 0x39 && code < 0x61) || (code > 0x7a && code < 0xa1)) continue
      if ((code >= 0x2000 && code < 0x2070) || (code >= 0x3000 && code < 0x3004)) continue
      high = Math.imul(high ^ code, 2654435761)
      low = Math.imul(low ^ code, 1597334677)
      length += 1
    }
    high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
    low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
    return { hash: 4294967296 * (2097151 & low) + (high >>> 0), length }
  }
}
