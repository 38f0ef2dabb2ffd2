/** A longer word is cut; nobody searches for the rest of it. */
const maxWordLength = 64

const letters = /[\p{L}\p{N}\p{M}]+/gu
const scripts =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}]+|[^\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}]+/gu
const isCjk = /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}]/u

// Accents, Hebrew points, Arabic vowels, hamza and tatweel: many write without. Japanese voicing marks are letters' parts.
const optionalMarks = /[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]/g

/** What is equal to a reader is equal here: case, width, accents. */
const fold = (text: string): string =>
  text.normalize('NFKD').replace(optionalMarks, '').normalize('NFC').toLowerCase()

interface Run {
  text: string
  isCjk: boolean
}

/** Stretches of letters and digits, cut where CJK begins or ends. */
export function runsOf(text: string): Run[] {
  return (fold(text).match(letters) ?? []).flatMap((run) =>
    (run.match(scripts) ?? []).map((part) => ({ text: part, isCjk: isCjk.test(part) })),
  )
}

/** Two neighbours each: Chinese and Japanese do not part words, and Korean ones carry endings. */
export function pairsOf(run: string): string[] {
  const characters = Array.from(run)
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}

export const cut = (word: string): string => Array.from(word).slice(0, maxWordLength).join('')

/** The words under which a text is found, each once: of CJK the pairs of neighbours, and the last character alone. */
export function wordsOf(text: string): string[] {
  const words = new Set<string>()
  for (const run of runsOf(text)) {
    if (!run.isCjk) {
      words.add(cut(run.text))
      continue
    }
    for (const pair of pairsOf(run.text)) words.add(pair)
    // Every other character begins a pair; so one character is found as a beginning.
    words.add(Array.from(run.text).at(-1) ?? '')
  }
  return [...words]
}
