const shortestMs = 100
const longestMs = 10_000
/** A worker that has lived this long had not failed to start. */
const healthyMs = 30_000

/** How long to wait with the next worker, when so many in a row have ended young. */
export function backOffMs(youngDeaths: number): number {
  return youngDeaths === 0 ? 0 : Math.min(shortestMs * 2 ** (youngDeaths - 1), longestMs)
}

/** How many in a row have ended young, after this one. The first is replaced at once. */
export function countYoungDeaths(before: number, livedMs: number): number {
  return livedMs >= healthyMs ? 0 : before + 1
}
