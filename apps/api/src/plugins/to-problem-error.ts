import { maxBodyBytes, maxScreenshotBytes } from '@heed/contract'
import {
  InvalidConditionError,
  InvalidCursorError,
  InvalidTimeZoneError,
  isDatabaseAway,
  SurveyKeyTakenError,
  SurveyNotPublishedError,
  UnknownDimensionError,
} from '@heed/db'
import { type ProblemCode, ProblemError, problems, retryAfterSeconds } from '../errors.ts'
import { type ShapeError, sentence } from '../explain-shape.ts'

const byFastifyCode: Record<string, [ProblemCode, string]> = {
  FST_ERR_CTP_INVALID_JSON_BODY: [
    'malformed_json',
    'body: cannot be read as JSON; send one JSON document in UTF-8',
  ],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['malformed_json', 'body: empty; send one JSON document in UTF-8'],
  FST_ERR_CTP_BODY_TOO_LARGE: [
    'body_too_large',
    `body: larger than this address takes; ingest takes ${maxBodyBytes} bytes (send fewer items at once), a screenshot ${maxScreenshotBytes}`,
  ],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'unsupported_media_type',
    'content-type: expected application/json (ingest also takes text/plain)',
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'invalid_request',
    'content-length: differs from the size of the body',
  ],
  FST_ERR_BAD_URL: ['invalid_request', 'path: has a broken percent-encoding'],
  FST_ERR_MAX_PARAM_LENGTH: ['not_found', 'path: longer than any address here'],
}

const invalidRequests = [
  UnknownDimensionError,
  InvalidConditionError,
  InvalidTimeZoneError,
  InvalidCursorError,
]

/** What the caller is told about an error. Ours are made for callers; of anything else only the kind gets out. */
export function toProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  if (!(error instanceof Error)) return internal(error)
  if (error instanceof SurveyKeyTakenError) return new ProblemError('key_taken', error.message)
  if (error instanceof SurveyNotPublishedError)
    return new ProblemError('survey_never_published', error.message)
  if (invalidRequests.some((kind) => error instanceof kind))
    return new ProblemError('invalid_request', error.message)
  const { code, statusCode, validation } = error as {
    code?: unknown
    statusCode?: unknown
    validation?: unknown
  }
  if (Array.isArray(validation)) return invalidShape(validation as ShapeError[])
  const known = typeof code === 'string' ? byFastifyCode[code] : undefined
  if (known) return new ProblemError(...known)
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) return byStatus(statusCode)
  if (isDatabaseAway(error)) {
    return new ProblemError('unavailable', 'the database did not answer; try again', {
      retryAfter: retryAfterSeconds(),
      cause: error,
    })
  }
  return internal(error)
}

function invalidShape(errors: ShapeError[]): ProblemError {
  const [first] = errors
  const detail = first ? sentence(first) : 'the request does not have the expected shape'
  return new ProblemError('invalid_request', detail, { errors: errors.length > 1 ? errors : [] })
}

/** Fastify's own refusals beyond the known ones; its messages name headers and paths, so they stay inside. */
function byStatus(status: number): ProblemError {
  const code = (Object.keys(problems) as ProblemCode[]).find((one) => problems[one][0] === status)
  return new ProblemError(code ?? 'invalid_request', 'the request cannot be understood')
}

function internal(cause: unknown): ProblemError {
  return new ProblemError('internal_error', 'an unexpected error; it has been logged', { cause })
}
