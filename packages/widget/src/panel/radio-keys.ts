/**
 * The index to which a key moves the selection in a group of `count` radios, undefined when the key does not belong to
 * the group. `at` is the radio that is selected or, before any is, takes the focus; `first` is what the first one
 * stands for. Arrows wrap, Left and Right follow the direction of writing (ARIA radio group pattern); digits name a
 * value, 1 and 0 make 10.
 */
export function radioTarget(
  key: string,
  at: number,
  count: number,
  first: number,
  isRtl: boolean,
): number | undefined {
  const onward = isRtl ? -1 : 1
  const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: onward, ArrowLeft: -onward }[key]
  if (step) return (at + step + count) % count
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  if (!/^\d$/.test(key)) return undefined
  // Without a clock: 0 typed on 1 is 10. Whoever wanted 0 sees it, nothing is given yet, and types 0 again.
  const index = (key === '0' && at + first === 1 ? 10 : +key) - first
  return index >= 0 && index < count ? index : undefined
}
