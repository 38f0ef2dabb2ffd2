/** Stands in for `core/keeper/preload-panel.ts`: a bundler's chunk has no address that a link could name. */
export const preloadPanel = (): void => {
  if (!(navigator as { connection?: { saveData?: boolean } }).connection?.saveData)
    import('../entries/panel.ts').catch(() => {})
}
