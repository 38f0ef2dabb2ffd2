import { availableParallelism } from 'node:os'
import { InvalidArgumentError } from 'commander'

/** `auto`: one for each core this process may use. */
export function readWorkerCount(value: string): number {
  if (value === 'auto') return availableParallelism()
  const count = /^\d{1,3}$/.test(value) ? Number(value) : 0
  if (count < 1 || count > 256) throw new InvalidArgumentError('expected a number from 1 to 256, or auto')
  return count
}
