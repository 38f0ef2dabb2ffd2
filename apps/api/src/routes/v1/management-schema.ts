import { problemReplies } from './problem-replies.ts'

/** What every management route documents the same way. */
export const secured = { security: [{ secretKey: [] }] }

/** The error replies that every management route can give. */
export const commonReplies = problemReplies(400, 401, 403, 404, 429, 503)
