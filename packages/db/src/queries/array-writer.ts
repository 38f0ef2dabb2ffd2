/** What can never be stored, found before it was sent: an error as PostgreSQL would have made of it. */
class UnstorableError extends Error {
  override readonly name = 'UnstorableError'
  /** SQLSTATE */
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** How a value is written, and the type it has in PostgreSQL. */
export type ColumnType = 'text' | 'uuid' | 'int4' | 'int2' | 'float8' | 'bool' | 'jsonb'

/** https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat; they are the same everywhere. */
const oids: Record<ColumnType, number> = {
  text: 25,
  uuid: 2950,
  int4: 23,
  int2: 21,
  float8: 701,
  bool: 16,
  jsonb: 3802,
}

/** No dimension, no null, the type: an array of nothing. */
const headBytes = 12
const startBytes = 64 * 1024
/** Texts up to here are written here; longer ones in one call out of the engine, which costs more than a few letters. */
const shortText = 48

const hexDigits = new Int8Array(128).fill(-1)
for (let value = 0; value < 16; value += 1) {
  const digit = value.toString(16)
  hexDigits[digit.charCodeAt(0)] = value
  hexDigits[digit.toUpperCase().charCodeAt(0)] = value
}

/**
 * Writes arrays in PostgreSQL's binary form (array_recv, and the `recv` function of each type), one after the other into
 * one room that is kept: what was written before `clear` is gone after it.
 */
export class ArrayWriter {
  #bytes = Buffer.allocUnsafeSlow(startBytes)
  #at = 0

  clear(): void {
    this.#at = 0
  }

  /** One array with a value for each row; without any where all are null. */
  write<Row>(type: ColumnType, rows: readonly Row[], read: (row: Row) => unknown): Buffer {
    const start = this.#at
    this.#reserve(headBytes + 8)
    this.#int32(1)
    this.#int32(0)
    this.#int32(oids[type])
    this.#int32(rows.length)
    this.#int32(1)
    let isEmpty = true
    for (const row of rows) {
      const value = read(row)
      if (value === null || value === undefined) {
        this.#reserve(4)
        this.#int32(-1)
      } else {
        isEmpty = false
        this.#value(type, value)
      }
    }
    if (isEmpty) {
      this.#bytes.writeInt32BE(0, start)
      this.#at = start + headBytes
    }
    return this.#bytes.subarray(start, this.#at)
  }

  #value(type: ColumnType, value: unknown): void {
    if (type === 'text') this.#text(value as string)
    else if (type === 'jsonb') this.#json(value)
    else if (type === 'uuid') this.#uuid(value as string)
    else if (type === 'bool') this.#bool(value as boolean)
    else if (type === 'float8') this.#float8(value as number)
    else if (type === 'int4') this.#int4(value as number)
    else this.#int2(value as number)
  }

  #bool(value: boolean): void {
    this.#reserve(5)
    this.#int32(1)
    this.#bytes[this.#at++] = value ? 1 : 0
  }

  #float8(value: number): void {
    this.#reserve(12)
    this.#int32(8)
    this.#at = this.#bytes.writeDoubleBE(value, this.#at)
  }

  #int4(value: number): void {
    if (value !== (value | 0)) throw outOfRange(value)
    this.#reserve(8)
    this.#int32(4)
    this.#int32(value)
  }

  #int2(value: number): void {
    if (value !== (value << 16) >> 16) throw outOfRange(value)
    this.#reserve(6)
    this.#int32(2)
    this.#bytes[this.#at++] = value >> 8
    this.#bytes[this.#at++] = value
  }

  #text(text: string): void {
    const { length } = text
    // A unit of UTF-16 takes three bytes at most.
    this.#reserve(4 + 3 * length)
    const bytes = this.#bytes
    const start = this.#at + 4
    let index = 0
    if (length <= shortText) {
      for (; index < length; index += 1) {
        const code = text.charCodeAt(index)
        if (code > 127) break
        bytes[start + index] = code
      }
    }
    const written = index === length ? length : bytes.write(text, start)
    this.#int32(written)
    this.#at += written
  }

  /** Half of a pair of surrogates stays an escape, which PostgreSQL refuses. */
  #json(value: unknown): void {
    const text = JSON.stringify(value)
    this.#reserve(5 + 3 * text.length)
    const written = this.#bytes.write(text, this.#at + 5)
    this.#int32(written + 1)
    // The version of the form.
    this.#bytes[this.#at++] = 1
    this.#at += written
  }

  #uuid(text: string): void {
    this.#reserve(20)
    this.#int32(16)
    const bytes = this.#bytes
    let at = this.#at
    let index = 0
    while (index < 36) {
      if (index === 8 || index === 13 || index === 18 || index === 23) {
        if (text.charCodeAt(index) !== 45) break
        index += 1
      }
      const high = hexDigits[text.charCodeAt(index)] ?? -1
      const low = hexDigits[text.charCodeAt(index + 1)] ?? -1
      if (high < 0 || low < 0) break
      bytes[at++] = (high << 4) | low
      index += 2
    }
    if (index !== 36 || text.length !== 36) throw new UnstorableError('22P02', 'an id is no UUID')
    this.#at = at
  }

  #int32(value: number): void {
    const bytes = this.#bytes
    const at = this.#at
    bytes[at] = value >> 24
    bytes[at + 1] = value >> 16
    bytes[at + 2] = value >> 8
    bytes[at + 3] = value
    this.#at = at + 4
  }

  #reserve(bytes: number): void {
    const wanted = this.#at + bytes
    if (wanted <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(wanted, 2 * this.#bytes.length))
    this.#bytes.copy(larger, 0, 0, this.#at)
    this.#bytes = larger
  }
}

const outOfRange = (value: number) =>
  new UnstorableError('22003', `${value} is out of the range of its column`)
