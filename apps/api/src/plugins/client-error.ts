import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { ProblemError, toProblem } from '../errors.ts'

/** What does not even become a request gets a problem too; then the connection ends. */
export function clientErrorHandler(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const problem = problemOf(error.code)
  const body = JSON.stringify(toProblem(problem))
  socket.end(
    `HTTP/1.1 ${problem.statusCode} ${STATUS_CODES[problem.statusCode]}\r\n` +
      'content-type: application/problem+json; charset=utf-8\r\n' +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}

function problemOf(code: string | undefined): ProblemError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new ProblemError(
      'request_timeout',
      'the whole request must arrive within 30 seconds; send it again',
    )
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new ProblemError('headers_too_large', 'headers: at most 16 kB in all; cookies have no use here')
  }
  return new ProblemError('invalid_request', 'the request cannot be read as HTTP/1.1')
}
