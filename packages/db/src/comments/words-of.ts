/** A longer word is cut; nobody searches for the rest of it. */
export const maxWordLength = 64

/** Letters and digits of the scripts that are read by neighbours, or of all the others; one pass cuts a text in runs. */
const cjk = '[[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Hangul}]&&[\\p{L}\\p{N}\\p{M}]]'
const runs = new RegExp(`${cjk}+|[[\\p{L}\\p{N}\\p{M}]--${cjk}]+`, 'gv')
const startsCjk = new RegExp(`^${cjk}`, 'v')

// Accents, Hebrew points, Arabic vowels, hamza and tatweel: many write without. Japanese voicing marks are parts of letters.
const optionalMarks = /[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]/g

/** Without what many do not write: every character taken apart, and its accents taken away. */
export const strip = (text: string): string => text.normalize('NFKD').replace(optionalMarks, '')

/** What is equal to a reader is equal here: case, width, accents. */
export const fold = (text: string): string => strip(text).normalize('NFC').toLowerCase()

interface Run {
  text: string
  isCjk: boolean
}

/**
 * Stretches of letters and digits, cut where CJK begins or ends. It says what a word is; `comment-vector.ts` cuts
 * stored comments in the same way, many times as fast.
 */
export const runsOf = (text: string): Run[] =>
  (fold(text).match(runs) ?? []).map((run) => ({ text: run, isCjk: startsCjk.test(run) }))

/** Characters outside the basic plane are two units, so those texts take the slower way. */
const charactersOf = (run: string): string | string[] => (/[\ud800-\udfff]/.test(run) ? Array.from(run) : run)

/** Two neighbours each: Chinese and Japanese do not part words, and Korean ones carry endings. */
export function pairsOf(run: string): string[] {
  const characters = charactersOf(run)
  const pairs: string[] = []
  for (let index = 1; index < characters.length; index += 1) {
    pairs.push(`${characters[index - 1]}${characters[index]}`)
  }
  return pairs
}

export const cut = (word: string): string =>
  word.length <= maxWordLength ? word : Array.from(word).slice(0, maxWordLength).join('')

/** The words under which a text is found: of CJK the pairs of neighbours, and the last character alone. */
export function wordsOf(text: string): string[] {
  const words: string[] = []
  for (const run of runsOf(text)) {
    if (!run.isCjk) {
      words.push(cut(run.text))
      continue
    }
    // Every other character begins a pair; so one character is found as a beginning.
    words.push(...pairsOf(run.text), charactersOf(run.text).at(-1) ?? '')
  }
  return words
}
