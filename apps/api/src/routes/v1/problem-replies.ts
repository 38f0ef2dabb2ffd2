import { problemSchema } from '@heed/contract/schema'

type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503

const reply = { description: 'A problem', content: { 'application/problem+json': { schema: problemSchema } } }

/** The error replies of a route, for its documentation. */
export function problemReplies<Status extends ErrorStatus>(
  ...statuses: Status[]
): Record<Status, typeof reply> {
  return Object.fromEntries(statuses.map((status) => [status, reply])) as Record<Status, typeof reply>
}

/** The reply to a page that has the content already. */
export const notModified = { description: 'It is as `if-none-match` says', type: 'null' }
