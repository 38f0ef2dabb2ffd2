import { once } from 'node:events'
import { connect } from 'node:net'
import { roomBytes } from './requests.ts'

export type Outcome = 'acknowledged' | 'refused' | 'failed'

/** One connection, one request at a time. */
export interface Connection {
  /** `done` is called once; `failed` also when the connection ends. */
  send(write: (room: Buffer) => Buffer, done: (outcome: Outcome) => void): void
  /** Whether it can send no more. */
  isGone(): boolean
  end(): void
}

export async function openConnection(url: string): Promise<Connection> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname).setNoDelay(true)
  await once(socket, 'connect')
  // One request is under way at a time, so its room can be used again for the next.
  const room = Buffer.alloc(roomBytes)
  let received = ''
  let isGone = false
  let waiting: ((outcome: Outcome) => void) | undefined

  function answer(outcome: Outcome): void {
    const done = waiting
    waiting = undefined
    received = ''
    done?.(outcome)
  }

  socket.on('data', (chunk) => {
    received += chunk.toString('latin1')
    const bodyAt = received.indexOf('\r\n\r\n') + 4
    const length = Number(/content-length: (\d+)/i.exec(received)?.[1])
    if (bodyAt < 4 || received.length < bodyAt + length) return
    if (/^HTTP\/1\.1 200 .*"stored"/s.test(received)) answer('acknowledged')
    else answer(/^HTTP\/1\.1 (?:429|503) /.test(received) ? 'refused' : 'failed')
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    isGone = true
    answer('failed')
  })
  return {
    send(write, done) {
      waiting = done
      socket.write(write(room))
    },
    isGone: () => isGone,
    end: () => socket.destroy(),
  }
}
