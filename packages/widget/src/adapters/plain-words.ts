import type { Emit } from '../core/adapter-interface.ts'

const maxSource = 1_000
const maxLength = 200

/**
 * A shop's own words about what went wrong, as text. Such words repeat what the visitor typed, so e-mail addresses and
 * long numbers are left out. Undefined when nothing is left.
 */
export const plainWords = (words: unknown): string | undefined =>
  `${words ?? ''}`
    .slice(0, maxSource)
    .replace(/<[^<>]*>|[^\s@<>]{1,64}@[^\s<>]+|\+?\d[\d ()./-]{4,}\d/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, maxLength) || undefined

/** Every adapter emits through this, so that none can forget it. */
export const withPlainWords =
  (emit: Emit): Emit =>
  (name, properties) =>
    emit(name, properties && { ...properties, message: plainWords(properties.message) })
