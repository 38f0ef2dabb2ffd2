import {
  cjkLetter,
  dropped,
  entangled,
  expansions,
  folded,
  gap,
  isPicture,
  kindOf,
  letter,
} from './character-kinds.ts'
import { maxWordLength, wordsOf } from './words-of.ts'

/** More words than this of one comment are not searched; it is some 4,000 characters of Chinese. */
const maxWords = 4000

const space = 32
/** Twice as many as there are words, or more; a power of two. */
const slotCount = 8192
/** Of FNV-1a. */
const prime = 0x01000193

/**
 * The words of one comment after the other, in rooms that are kept: every answer passes here, and a string for each
 * word would be most of what storing it costs.
 */
class VectorWriter {
  /** Mark, word and space, of each word found so far and of the one that is being read. */
  #text = new Uint16Array(16_384)
  readonly #narrow = Buffer.alloc(16_384)
  /** A table of words by their hash: where each begins, and which comment it is of. */
  readonly #starts = new Int32Array(slotCount)
  readonly #comments = new Int32Array(slotCount)
  #comment = 0
  #markLength = 0
  #count = 0
  /** Every code so far, in one: whether all are of Latin 1. */
  #codes = 0
  /** Where the word that is being read begins, behind its mark. */
  #start = 0

  write(mark: string, comment: string): string {
    this.#open(mark)
    if (!this.#readPlain(comment)) {
      this.#open(mark)
      // A space parts whatever is entangled.
      for (const piece of comment.split(' ')) {
        if (isPlain(piece)) this.#readPlain(piece)
        else for (const word of wordsOf(piece)) this.#add(word)
      }
    }
    return this.#read(this.#start - this.#markLength - 1)
  }

  /** Begins a comment: what was read before is forgotten. */
  #open(mark: string): void {
    this.#comment = (this.#comment + 1) | 0 || 1
    this.#count = 0
    this.#codes = 0
    this.#markLength = mark.length
    for (let index = 0; index < mark.length; index += 1) this.#text[index] = mark.charCodeAt(index)
    this.#start = mark.length
  }

  /**
   * Whether every character could be read alone; at the first that cannot the words are left as they are. The word that
   * is being read stays in variables: most of the time goes by here, once for each character.
   */
  #readPlain(text: string): boolean {
    let units = this.#text
    let start = this.#start
    let end = start
    let hash = 0
    /** The last character of a CJK run that is being read; 0 outside of one. */
    let previous = 0
    /** What is left of a character that becomes several. */
    let expansion = ''
    let place = 0
    for (let index = 0; index < text.length; ) {
      let code: number
      let kind: number
      if (place < expansion.length) {
        code = expansion.charCodeAt(place)
        place += 1
        kind = kindOf(code)
        if (place === expansion.length) index += 1
      } else {
        code = text.charCodeAt(index)
        kind = kindOf(code)
        if (kind === dropped) {
          index += 1
          continue
        }
        if (kind === entangled) {
          if (!isPicture(text, index)) return false
          index += 2
          kind = gap
        } else if (kind <= cjkLetter) {
          index += 1
          code = folded[code] ?? 0
        } else {
          expansion = expansions.get(code) ?? ''
          place = 0
          if (expansion === '') index += 1
          continue
        }
      }
      if (kind === letter && previous === 0) {
        if (end - start < maxWordLength) {
          units[end] = code
          end += 1
          hash = Math.imul(hash ^ code, prime)
        }
        continue
      }
      if (previous > 0) {
        // The last character of a run is a word: every other begins a pair, so one is found as a beginning.
        units[end] = previous
        end += 1
        hash = Math.imul(hash ^ previous, prime)
        if (kind === cjkLetter) {
          units[end] = code
          end += 1
          hash = Math.imul(hash ^ code, prime)
        }
      }
      if (end > start) {
        this.#finish(end, hash)
        units = this.#text
        start = this.#start
        end = start
        hash = 0
      }
      previous = kind === cjkLetter ? code : 0
      if (kind === letter) {
        units[end] = code
        end += 1
        hash = Math.imul(code, prime)
      }
    }
    if (previous > 0) {
      units[end] = previous
      end += 1
      hash = Math.imul(hash ^ previous, prime)
    }
    if (end > start) this.#finish(end, hash)
    return true
  }

  #add(word: string): void {
    let end = this.#start
    let hash = 0
    for (let index = 0; index < word.length; index += 1) {
      const code = word.charCodeAt(index)
      this.#text[end] = code
      end += 1
      hash = Math.imul(hash ^ code, prime)
    }
    if (word !== '') this.#finish(end, hash)
  }

  /** Keeps the word that was read, once. */
  #finish(end: number, hash: number): void {
    const start = this.#start
    this.#text[end] = space
    if (this.#count === maxWords || this.#isKnown(start, end, hash)) return
    this.#count += 1
    const markLength = this.#markLength
    let text = this.#text
    // Room for the next word: its mark, all its characters (two units each) and a space.
    if (text.length < end + markLength + 2 * maxWordLength + 2) {
      text = new Uint16Array(text.length * 2)
      text.set(this.#text)
      this.#text = text
    }
    for (let index = start; index < end; index += 1) this.#codes |= text[index] ?? 0
    for (let index = 0; index < markLength; index += 1) text[end + 1 + index] = text[index] ?? 0
    this.#start = end + 1 + markLength
  }

  #isKnown(start: number, end: number, hash: number): boolean {
    const text = this.#text
    const starts = this.#starts
    let slot = (hash ^ (hash >>> 15)) & (slotCount - 1)
    while (this.#comments[slot] === this.#comment) {
      let index = start
      let other = starts[slot] ?? 0
      while (index <= end && text[index] === text[other]) {
        index += 1
        other += 1
      }
      if (index > end) return true
      slot = (slot + 1) & (slotCount - 1)
    }
    this.#comments[slot] = this.#comment
    starts[slot] = start
    return false
  }

  #read(length: number): string {
    if (length <= 0) return ''
    const written = this.#text.subarray(0, length)
    if (this.#codes < 0x100 && length <= this.#narrow.length) {
      this.#narrow.set(written)
      return this.#narrow.toString('latin1', 0, length)
    }
    return Buffer.from(written.buffer, 0, 2 * length).toString('utf16le')
  }
}

const writer = new VectorWriter()

/**
 * The words of a comment as PostgreSQL reads a tsvector: each once, behind the mark of its survey. They are letters and
 * digits alone, so nothing needs a quote. Empty: no word.
 */
export const commentVector = (mark: string, comment: string): string => writer.write(mark, comment)

/** Whether every character can be read alone. */
function isPlain(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (kindOf(text.charCodeAt(index)) !== entangled) continue
    if (!isPicture(text, index)) return false
    index += 1
  }
  return true
}
