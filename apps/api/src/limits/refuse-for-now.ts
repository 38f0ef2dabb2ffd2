import { type ProblemCode, ProblemError } from '../errors.ts'

export interface Refused {
  /** Of the policy, in the headers. */
  policy: string
  quota: number
  windowSeconds?: number
  /** @default requests */
  unit?: 'content-bytes' | 'rows'
  waitMs: number
}

/** With the spread an hour, which is the longest a page waits. */
const longestSeconds = 3000

/**
 * A refusal that says when to come back. `Retry-After` is spread, so that those who were refused together do not come
 * back together: up to a fifth later, at least up to 3 s. Headers as in draft-ietf-httpapi-ratelimit-headers-10.
 */
export function refuseForNow(code: ProblemCode, detail: string, refused: Refused): ProblemError {
  const { policy, quota, windowSeconds, unit, waitMs } = refused
  const seconds = Math.max(Math.ceil(waitMs / 1000), 1)
  const soonest = Math.min(seconds, longestSeconds)
  const spread = Math.max(3, Math.floor(soonest / 5))
  const window = windowSeconds === undefined ? '' : `;w=${windowSeconds}`
  return new ProblemError(code, detail, {
    retryAfter: soonest + Math.floor(Math.random() * (spread + 1)),
    headers: {
      'ratelimit-policy': `"${policy}";q=${quota}${window}${unit ? `;qu="${unit}"` : ''}`,
      ratelimit: `"${policy}";r=0;t=${seconds}`,
      // A page must be able to read when to come back, even where the refusal comes before the CORS headers.
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'retry-after, ratelimit, ratelimit-policy',
    },
  })
}
