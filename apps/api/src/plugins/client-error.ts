import type { Socket } from 'node:net'
import { ProblemError, toProblem } from '../errors.ts'

/** What does not even parse as HTTP gets a problem too; then the connection ends. */
export function clientErrorHandler(_error: Error, socket: Socket): void {
  if (socket.destroyed || !socket.writable) return
  const problem = new ProblemError('invalid_request', 'the request cannot be read as HTTP/1.1')
  const body = JSON.stringify(toProblem(problem))
  socket.end(
    `HTTP/1.1 400 Bad Request\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}
