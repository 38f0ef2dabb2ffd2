export interface Verdict {
  what: string
  value: number
  /** The value must be at most, or at least, this. */
  atMost?: number
  atLeast?: number
  unit?: string
}

const isMet = ({ value, atMost, atLeast }: Verdict): boolean =>
  value <= (atMost ?? Number.POSITIVE_INFINITY) && value >= (atLeast ?? Number.NEGATIVE_INFINITY)

/** Prints a line for each; the process ends with 1 where one is missed. */
export function printVerdicts(verdicts: readonly Verdict[]): void {
  const width = Math.max(...verdicts.map(({ what }) => what.length))
  for (const verdict of verdicts) {
    const { what, value, atMost, atLeast, unit = '' } = verdict
    const limit = atMost === undefined ? `>= ${atLeast}${unit}` : `<= ${atMost}${unit}`
    const shown = `${Number.isInteger(value) ? value : value.toFixed(2)}${unit}`
    console.log(
      `${what.padEnd(width)}  ${shown.padStart(10)}   ${limit.padEnd(12)} ${isMet(verdict) ? 'met' : 'MISSED'}`,
    )
  }
  if (!verdicts.every(isMet)) process.exitCode = 1
}
