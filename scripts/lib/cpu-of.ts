import { readdir, readFile } from 'node:fs/promises'

const ticksPerSecond = 100

async function statOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')
  // The second field is the name in parentheses and may hold spaces; what follows begins with field 3.
  return text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
}

/**
 * User and system time of a process, of its children and of those children that have ended, seconds. Linux only: it
 * reads /proc.
 */
export async function cpuOf(pid: number): Promise<number> {
  const own = await statOf(pid)
  let ticks = (own[11] ?? 0) + (own[12] ?? 0) + (own[13] ?? 0) + (own[14] ?? 0)
  for (const name of await readdir('/proc')) {
    const child = /^\d+$/.test(name) ? await statOf(Number(name)) : []
    if (child[1] === pid) ticks += (child[11] ?? 0) + (child[12] ?? 0)
  }
  return ticks / ticksPerSecond
}
