/** A UUIDv7 (RFC 9562, 5.7): 48 bits of time, 74 random bits from the platform's cryptographic source. */
export const uuid = (): string => {
  let hex = Date.now().toString(16).padStart(12, '0')
  crypto.getRandomValues(new Uint16Array(5)).forEach((bits, index) => {
    // Version 7 stands in the high bits of the first, variant 10 in those of the second.
    hex += (index ? (index > 1 ? bits | 65536 : (bits & 16383) | 32768) : (bits & 4095) | 28672)
      .toString(16)
      .slice(-4)
  })
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
