import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PNG } from 'pngjs'

export interface XDisplay {
  /** Value of `DISPLAY`. */
  name: string
  /** PNG of its upper left corner. */
  screenshot(width: number, height: number): Promise<Buffer>
  close(): Promise<void>
}

/** A screen that nobody sees, for a browser without a headless mode. It takes the first free number by itself. */
export async function openXDisplay(): Promise<XDisplay> {
  const folder = await mkdtemp(join(tmpdir(), 'heed-display-'))
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp', '-fbdir', folder],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  )
  const name = await new Promise<string>((resolve, reject) => {
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)))
    server.stdio[3]?.on('data', (line: Buffer) => resolve(`:${line.toString().trim()}`))
  })
  return {
    name,
    async screenshot(width, height) {
      return PNG.sync.write(readXwd(await readFile(join(folder, 'Xvfb_screen0')), width, height))
    },
    async close() {
      await ended(server)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Stops a process of ours and waits until it is gone. */
export function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

/** The frame buffer of Xvfb, a file in the format of `xwd` (X11/XWDFile.h): header, colour map, rows of BGRX. */
function readXwd(file: Buffer, width: number, height: number): PNG {
  const headerSize = file.readUInt32BE(0)
  const bytesPerLine = file.readUInt32BE(48)
  const colors = file.readUInt32BE(76)
  const start = headerSize + colors * 12
  const png = new PNG({ width, height })
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = start + y * bytesPerLine + x * 4
      const to = (y * width + x) * 4
      png.data[to] = file[from + 2] ?? 0
      png.data[to + 1] = file[from + 1] ?? 0
      png.data[to + 2] = file[from] ?? 0
      png.data[to + 3] = 255
    }
  }
  return png
}
