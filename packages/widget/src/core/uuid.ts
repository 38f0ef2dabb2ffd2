/** A UUIDv7 (RFC 9562, 5.7): 48 bits of time, 74 random bits from the platform's cryptographic source. */
export const uuid = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(10))
  let hex = Date.now().toString(16).padStart(12, '0')
  bytes.forEach((byte, index) => {
    // Version 7 stands in the high bits of the first random byte, variant 10 in those of the third.
    hex += (index ? (index === 2 ? 128 | (byte & 63) : byte | 256) : 112 | (byte & 15)).toString(16).slice(-2)
  })
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
