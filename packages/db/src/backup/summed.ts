import { createHash } from 'node:crypto'
import type { TableSum } from './backup-format.ts'

const lineFeed = 10

/** Counts and sums what COPY writes: a line feed ends a row, and within a value it is written as `\n`. */
export function summed(name: string) {
  const hash = createHash('sha256')
  const sum = { rows: 0, bytes: 0, parts: 0 }
  return {
    sum,
    add(data: Buffer): void {
      hash.update(data)
      sum.bytes += data.length
      sum.parts += 1
      for (let at = data.indexOf(lineFeed); at >= 0; at = data.indexOf(lineFeed, at + 1)) sum.rows += 1
    },
    finish: (): TableSum => ({ name, ...sum, sha256: hash.digest('hex') }),
  }
}

/** Puts small chunks together to parts of about this size. */
export async function* inParts(chunks: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    waiting.push(chunk)
    size += chunk.length
    if (size < bytes) continue
    yield Buffer.concat(waiting)
    waiting = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(waiting)
}
