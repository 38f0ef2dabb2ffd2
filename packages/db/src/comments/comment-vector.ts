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
  /** Where the word that is being read begins, behind its mark, and where it ends so far. */
  #start = 0
  #end = 0
  #hash = 0
  /** The last character of a CJK run that is being read; 0 outside of one. */
  #previous = 0

  write(mark: string, comment: string): string {
    this.#comment = (this.#comment + 1) | 0 || 1
    this.#count = 0
    this.#codes = 0
    this.#markLength = mark.length
    for (let index = 0; index < mark.length; index += 1) this.#text[index] = mark.charCodeAt(index)
    this.#begin(mark.length)
    if (isPlain(comment)) this.#readPlain(comment)
    else {
      // A space parts whatever is entangled.
      for (const piece of comment.split(' ')) {
        if (isPlain(piece)) this.#readPlain(piece)
        else for (const word of wordsOf(piece)) this.#add(word)
      }
    }
    return this.#read(this.#start - this.#markLength - 1)
  }

  #readPlain(text: string): void {
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index)
      const kind = kindOf(code)
      if (kind <= cjkLetter) this.#take(kind, folded[code] ?? 0)
      else if (kind === entangled) {
        this.#take(gap, 0)
        index += 1
      } else if (kind !== dropped) this.#takeAll(expansions.get(code) ?? '')
    }
    this.#close()
  }

  #takeAll(text: string): void {
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index)
      this.#take(kindOf(code), code)
    }
  }

  #take(kind: number, code: number): void {
    if (kind === letter) {
      if (this.#previous > 0) this.#close()
      if (this.#end - this.#start < maxWordLength) this.#put(code)
    } else if (kind === cjkLetter) {
      if (this.#previous > 0) {
        this.#put(this.#previous)
        this.#put(code)
      }
      this.#finish()
      this.#previous = code
    } else this.#close()
  }

  /** Ends a run. The last character of a CJK one is a word: every other begins a pair, so one is found as a beginning. */
  #close(): void {
    if (this.#previous > 0) {
      this.#put(this.#previous)
      this.#previous = 0
    }
    this.#finish()
  }

  #add(word: string): void {
    for (let index = 0; index < word.length; index += 1) this.#put(word.charCodeAt(index))
    this.#finish()
  }

  #begin(start: number): void {
    this.#start = start
    this.#end = start
    this.#hash = 0
  }

  #put(code: number): void {
    this.#text[this.#end] = code
    this.#end += 1
    this.#hash = Math.imul(this.#hash ^ code, 0x01000193)
  }

  /** Keeps the word that was read, once. */
  #finish(): void {
    const start = this.#start
    const end = this.#end
    if (end === start) return
    this.#text[end] = space
    if (this.#count === maxWords || this.#isKnown(start, end)) {
      this.#begin(start)
      return
    }
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
    this.#begin(end + 1 + markLength)
  }

  #isKnown(start: number, end: number): boolean {
    const text = this.#text
    const starts = this.#starts
    let slot = (this.#hash ^ (this.#hash >>> 15)) & (slotCount - 1)
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
