export interface RadioGroup {
  /** Index of the radio that is selected or, before any is, of the one that takes the focus. */
  at: number
  count: number
  /** What the first radio stands for: 0 on a scale from 0, else 1. */
  first: number
  isRtl: boolean
}

/**
 * The index to which a key moves the selection, undefined when the key does not belong to the group. Arrows wrap,
 * Left and Right follow the direction of writing (ARIA radio group pattern); digits name a value, 1 and 0 make 10.
 */
export function radioTarget(key: string, { at, count, first, isRtl }: RadioGroup): number | undefined {
  if (key === 'ArrowDown' || key === (isRtl ? 'ArrowLeft' : 'ArrowRight')) return (at + 1) % count
  if (key === 'ArrowUp' || key === (isRtl ? 'ArrowRight' : 'ArrowLeft')) return (at + count - 1) % count
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  if (!/^\d$/.test(key)) return undefined
  // Without a clock: 0 typed on 1 is 10. Whoever wanted 0 sees it, nothing is given yet, and types 0 again.
  const index = first === 0 && at === 1 && key === '0' ? 10 : +key - first
  return index >= 0 && index < count ? index : undefined
}
