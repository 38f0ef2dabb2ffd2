/** Markup that is safe to send: only `html` and `trusted` make it. */
export class Html {
  readonly markup: string
  constructor(markup: string) {
    this.markup = markup
  }
  toString(): string {
    return this.markup
  }
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (found) => entities[found] ?? found)

type Part = Html | string | number | false | null | undefined | readonly Part[]

function render(part: Part): string {
  if (part instanceof Html) return part.markup
  if (Array.isArray(part)) return part.map(render).join('')
  if (part === false || part === null || part === undefined) return ''
  return escapeHtml(String(part))
}

/** Builds markup; everything put into it is escaped unless it is markup itself. Quote every attribute. */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(strings.reduce((markup, text, i) => markup + render(parts[i - 1]) + text))

/** Markup from our own files. Never for anything that came with a request. */
export const trusted = (markup: string): Html => new Html(markup)

/** JSON that can stand inside a script element: neither `</script>` nor a line separator can end it early. */
export const scriptJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
