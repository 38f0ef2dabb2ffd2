import { createHash } from 'node:crypto'
import { customAlphabet } from 'nanoid'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
// 71 bits for ids (short, they lead every index), 143 for public keys, 238 for secrets.
const idPart = customAlphabet(alphabet, 12)
const publicPart = customAlphabet(alphabet, 24)
const secretPart = customAlphabet(alphabet, 40)
const checksumLength = 6

/** `prj_`, `srv_` or `key_` and 12 random letters and digits. */
export const newId = (kind: 'prj' | 'srv' | 'key'): string => `${kind}_${idPart()}`

/** `pk_...`: stands in the page, may only add. */
export const newPublicKey = (): string => withChecksum(`pk_${publicPart()}`)

/** `sk_...`: shown once, stored as its hash. */
export const newSecretKey = (): string => withChecksum(`sk_${secretPart()}`)

/** Whether this can be a key at all: form and checksum. Spares the database lookups of typing errors and scanners. */
export function isWellFormedKey(key: string): boolean {
  if (!/^(?:pk_[0-9A-Za-z]{30}|sk_[0-9A-Za-z]{46})$/.test(key)) return false
  return withChecksum(key.slice(0, -checksumLength)) === key
}

/** SHA-256, hex. A fast hash is right here: the key is 238 random bits, not a password. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

function withChecksum(key: string): string {
  let number = createHash('sha256').update(key).digest().readUIntBE(0, 6)
  let checksum = ''
  for (let index = 0; index < checksumLength; index++) {
    checksum += alphabet[number % alphabet.length]
    number = Math.floor(number / alphabet.length)
  }
  return key + checksum
}
