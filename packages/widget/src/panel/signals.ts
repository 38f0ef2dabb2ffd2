import type * as signals from '@preact/signals'

/**
 * What a panel needs of `@preact/signals`, which the build puts this in place of: 0.2 kB for 1.5. One effect draws
 * everything, so there is no graph to keep in order: readers are told at once. Sources are written against the package
 * and behave the same with it, as long as no effect changes what it reads.
 */
let reader: (() => void) | undefined

export const signal = (<T>(value: T) => {
  const readers = new Set<() => void>()
  return {
    get value() {
      if (reader) readers.add(reader)
      return value
    },
    set value(next: T) {
      if (next === value) return
      value = next
      for (const tell of [...readers]) tell()
    },
  }
}) as typeof signals.signal

export const effect = ((run: () => void) => {
  const update = () => {
    const outer = reader
    reader = update
    try {
      run()
    } finally {
      reader = outer
    }
  }
  update()
}) as typeof signals.effect
