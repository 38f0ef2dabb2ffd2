/** One of the widgets under measurement, as its documentation tells a shop to embed it. */
export interface Candidate {
  name: string
  /** What it adds to the page's `<head>`. */
  head: string
  /** By path without query. */
  files: Map<string, { body: string; type: string }>
  /** Its API, answered from here: the JSON for a request, undefined for none. */
  api?(path: string, body: string): string | undefined
  /** The call after which its survey opens, run in the page. */
  trigger: string
  /** An element of the open survey, in the page or in any shadow root. */
  shown: string
}

export const javascript = 'text/javascript; charset=utf-8'
export const question = 'How likely are you to recommend us to a friend?'
export const ends = ['Not at all likely', 'Extremely likely'] as const
