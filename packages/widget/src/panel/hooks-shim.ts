/**
 * Stands in for `preact/hooks` in the panel bundle, which saves 0.6 kB. `@preact/signals` imports these three for
 * `useSignal`, `useComputed`, `useSignalEffect` and for a signal written as a text child; the panel uses none of them:
 * state lives in its model, and components read `.value`. Whoever breaks that rule fails at once: undefined is not a
 * function.
 */
export const useEffect = undefined
export const useMemo = undefined
export const useRef = undefined
