/** More than a panel needs for anything it does by itself. */
const patienceMs = 5_000
const lookEveryMs = 10

/** Resolves with what `look` finds as soon as it finds something. @throws when it has not in time, saying what for */
export const until = <Found>(look: () => Found | undefined | false, what: () => string): Promise<Found> =>
  new Promise((resolve, reject) => {
    const giveUpAt = performance.now() + patienceMs
    const tick = () => {
      const found = look()
      if (found) resolve(found)
      else if (performance.now() > giveUpAt) reject(new Error(`heed: waited in vain for ${what()}`))
      else setTimeout(tick, lookEveryMs)
    }
    tick()
  })
