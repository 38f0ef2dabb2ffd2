/** Whether the page has any of these globals; commas between their names. */
export const hasGlobal = (names: string): boolean => names.split(',').some((name) => name in window)
