/** Largest request body the API takes, and what one keepalive fetch may carry. */
export const maxBodyBytes = 65_536
/** Items in one ingest request. */
export const maxItems = 100
/** Characters of one comment when the question does not say. */
export const defaultTextLength = 2000
/** Upper bound for a question's own `maxLength`. */
export const maxTextLength = 10_000
/** Claimed ages are clamped to this. */
export const maxAgeMs = 7 * 86_400_000
/** A response may grow for this long after it was first received. */
export const growthWindowMs = 86_400_000
/** Largest image of a screenshot, and its longer side in pixels. */
export const maxScreenshotBytes = 1_048_576
export const maxScreenshotSide = 4096
/** Names of page events that are remembered of one project. */
export const maxEventNames = 500
/** Refused items that are kept of one project, the newest. */
export const maxRejects = 1000
/** Characters of JSON that are kept of each. */
export const maxRejectLength = 4096
/** Rows of one page of responses. */
export const maxPageSize = 200
