/** What spreadsheets take as the beginning of a formula, full-width forms and spaces before it included. */
const formulaStart = /^(?:\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[^\S\t\r\n]*[\t\r\n])/

/** A file opens with it, or Excel reads Korean as Latin. */
export const byteOrderMark = '\uFEFF'

/** One line: every cell quoted, texts guarded against being run as formulas. Numbers are written as numbers. */
export function csvLine(cells: readonly (string | number | boolean | null | undefined)[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

function cell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return '""'
  if (typeof value !== 'string') return `"${value}"`
  const guarded = formulaStart.test(value) ? `'${value}` : value
  return `"${guarded.replaceAll('"', '""')}"`
}
