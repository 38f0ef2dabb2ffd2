import { readFileSync } from 'node:fs'

/**
 * A process as `<pid>-<start>`, or undefined when it does not run. The start time (Linux, in clock ticks) tells a
 * process from a later one with the same number, as after a reboot or in a restarted container; elsewhere it is 0.
 * A zombie counts as not running: nobody may ever reap it, when the first process of a container does not.
 */
export function processIdentity(pid: number): string | undefined {
  if (process.platform !== 'linux') return isSignalable(pid) ? `${pid}-0` : undefined
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field, the name in parentheses, may itself contain spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, startTime] = [fields[0], fields[19]]
    return state === 'Z' || state === 'X' ? undefined : `${pid}-${startTime}`
  } catch {
    return undefined
  }
}

/** Whether the process that `processIdentity` named still runs. */
export function isRunning(identity: string): boolean {
  return processIdentity(Number.parseInt(identity, 10)) === identity
}

function isSignalable(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
