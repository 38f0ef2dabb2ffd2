import { readFile, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'

/** The port of the last start when it is free, else another free one, remembered in `portFile`. */
export async function choosePort(portFile: string): Promise<number> {
  const remembered = Number(await readFile(portFile, 'utf8').catch(() => '0'))
  const port = (remembered > 0 && (await tryPort(remembered))) || (await tryPort(0))
  if (port === undefined) throw new Error('no free port on 127.0.0.1')
  await writeFile(portFile, `${port}\n`)
  return port
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      const got = typeof address === 'object' ? address?.port : undefined
      server.close(() => resolve(got))
    })
  })
}

/** Whether somebody accepts connections there. */
export function isAnswering(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
