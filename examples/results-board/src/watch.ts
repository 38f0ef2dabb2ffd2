import { type Board, readBoard } from './board.ts'
import { type HeedApi, Refused } from './heed-api.ts'

/** What the page hears: a new board, or why there is none just now. */
type News = { kind: 'board'; board: Board } | { kind: 'trouble'; text: string }

/** Looks at the API again and again while somebody listens, and tells each listener when something changed. */
export interface Watch {
  /** Tells what is known at once, then every change. Returns how to stop listening. */
  listen(tell: (news: News) => void): () => void
  close(): void
}

/** `everyMs` is the time between the end of one look and the start of the next. */
export function watchBoard(api: HeedApi, apiUrl: string, everyMs: number): Watch {
  const listeners = new Set<(news: News) => void>()
  let last: string | undefined
  let news: News | undefined
  let timer: NodeJS.Timeout | undefined
  let isLooking = false

  async function look(): Promise<void> {
    timer = undefined
    isLooking = true
    const found = await readBoard(api).then(
      (board): News => ({ kind: 'board', board }),
      (error: unknown): News => ({
        kind: 'trouble',
        text:
          error instanceof Refused
            ? `The API at ${apiUrl} refuses this board's secret key (${error.message}).`
            : `The API at ${apiUrl} does not answer. Looking again every few seconds; answers that visitors give now are kept on their devices.`,
      }),
    )
    isLooking = false
    const text = JSON.stringify(found)
    news = found
    if (text !== last) for (const tell of listeners) tell(found)
    last = text
    if (listeners.size) timer = setTimeout(look, everyMs)
  }

  return {
    listen(tell) {
      listeners.add(tell)
      if (timer || isLooking) {
        if (news) tell(news)
      } else {
        // Nobody has listened for a while: what was known then is old.
        news = last = undefined
        void look()
      }
      return () => {
        listeners.delete(tell)
      }
    },
    close() {
      listeners.clear()
      clearTimeout(timer)
    },
  }
}
