import { readFile } from 'node:fs/promises'

/** The most memory a process has had resident so far, MiB. Linux only: it reads /proc. */
export async function peakMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'latin1')
  return Math.round(Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024)
}
