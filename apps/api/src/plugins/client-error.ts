import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { ProblemError, toProblem } from '../errors.ts'

/** As Node's own handler knows it: the reply that is being made. */
type AnsweringSocket = Socket & { _httpMessage?: ServerResponse | null }

/** Sockets that end; whatever else comes through them is not read. */
const ending = new WeakSet<Socket>()

/** What does not even become a request gets a problem too; then the connection ends. */
export function clientErrorHandler(error: Error & { code?: string }, socket: AnsweringSocket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  if (ending.has(socket)) return
  ending.add(socket)
  const reply = socket._httpMessage
  // A whole request stands before the rubbish: its reply is its own, and must not be taken for this one.
  if (reply?.req.complete) return void reply.once('close', () => socket.destroy())
  // In the middle of a reply anything else would become part of it.
  if (reply?.headersSent) return void socket.destroy()
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
