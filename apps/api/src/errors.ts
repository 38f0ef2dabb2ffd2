import type { Problem } from '@heed/contract'

/** Every code an error reply can carry, with its status and title: the one place they are written. */
export const problems = {
  malformed_json: [400, 'The body is not well-formed JSON'],
  invalid_request: [400, 'The request does not have the expected shape'],
  unsupported_format: [400, 'This export format is not available'],
  missing_credentials: [401, 'A secret key is needed'],
  unknown_key: [401, 'No project has this key'],
  origin_not_allowed: [403, 'Pages of this origin may not send to this project'],
  project_paused: [403, 'The project is paused'],
  invalid_preview: [403, 'The preview link does not fit'],
  expired_preview: [403, 'The preview link has expired'],
  secret_key_in_browser: [403, 'A secret key does not belong into a page'],
  insufficient_scope: [403, 'The key may not do this'],
  not_found: [404, 'There is nothing at this address'],
  unknown_project: [404, 'No such project'],
  unknown_survey: [404, 'No such survey'],
  unknown_version: [404, 'No such version of the survey'],
  unknown_locale: [404, 'The survey does not have this language'],
  unknown_response: [404, 'No such response'],
  unknown_screenshot: [404, 'The response has no screenshot'],
  method_not_allowed: [405, 'The address does not take this method'],
  request_timeout: [408, 'The request did not arrive in time'],
  key_taken: [409, 'Another survey of the project has this key'],
  response_closed: [409, 'The response is older than it may grow'],
  survey_never_published: [409, 'The survey has never been published'],
  body_too_large: [413, 'The body is too large'],
  unsupported_media_type: [415, 'The body has an unexpected content type'],
  invalid_image: [422, 'The image cannot be taken'],
  survey_not_publishable: [422, 'The survey cannot be published as it stands'],
  rate_limited: [429, 'Too many requests'],
  quota_exceeded: [429, 'The project has stored all that it may today'],
  headers_too_large: [431, 'The headers are too large'],
  internal_error: [500, 'Something failed on our side'],
  overloaded: [503, 'The server takes no more work right now'],
  unavailable: [503, 'The database cannot be reached right now'],
} as const satisfies Record<string, readonly [status: number, title: string]>

export type ProblemCode = keyof typeof problems

interface ProblemOptions {
  errors?: NonNullable<Problem['errors']>
  /** Seconds, for 429 and 503. */
  retryAfter?: number
  headers?: Record<string, string>
  cause?: unknown
}

/** An error that the caller may see as it stands: `detail` names the thing, the place and the fix. */
export class ProblemError extends Error {
  readonly code: ProblemCode
  readonly statusCode: number
  readonly errors: Problem['errors']
  readonly headers: Record<string, string>

  constructor(code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    // Nobody reads where a refusal was made, and finding it out is a tenth of what a refusal costs.
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    super(detail, { cause: options.cause })
    Error.stackTraceLimit = stackTraceLimit
    this.name = 'ProblemError'
    this.code = code
    this.statusCode = problems[code][0]
    this.errors = options.errors
    this.headers = { ...options.headers }
    if (options.retryAfter !== undefined) this.headers['retry-after'] = String(options.retryAfter)
  }
}

/** The reply body of RFC 9457. `type` points at the documented table. */
export function toProblem(error: ProblemError): Problem {
  const [status, title] = problems[error.code]
  return {
    type: `/docs#${error.code}`,
    title,
    status,
    code: error.code,
    detail: error.message,
    ...(error.errors && error.errors.length > 0 ? { errors: error.errors } : {}),
  }
}

/** Seconds until another try is welcome; spread, so that everyone who was refused does not come back at once. */
export function retryAfterSeconds(): number {
  return 1 + Math.floor(Math.random() * 5)
}
