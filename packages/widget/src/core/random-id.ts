/** An id that nobody else has and nobody can guess: 128 bits from the platform's cryptographic source. */
export const randomId = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-')
