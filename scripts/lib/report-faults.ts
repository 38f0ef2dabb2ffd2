import type { FaultResult, Verdict, Visitors } from '@heed/test-stack/faults'

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`

export function printFault({ name, recoveredMs, failed }: FaultResult): void {
  console.log(
    `${new Date().toISOString().slice(11, 19)}  ${name.padEnd(30)} everybody served again after ${seconds(recoveredMs).padStart(8)}, ${failed} requests sent again`,
  )
}

/** One table of what happened, then what is stored. Returns whether everything is as it should be. */
export function reportFaults(results: readonly FaultResult[], visitors: Visitors, verdict: Verdict): boolean {
  const names = [...new Set(results.map(({ name }) => name))].toSorted()
  console.log(`\n${'fault'.padEnd(30)} times   median    longest   sent again`)
  for (const name of names) {
    const own = results.filter((result) => result.name === name)
    const times = own.map(({ recoveredMs }) => recoveredMs).toSorted((a, b) => a - b)
    const failed = own.reduce((sum, result) => sum + result.failed, 0)
    const [median = 0, longest = 0] = [times[times.length >> 1], times.at(-1)]
    console.log(
      `${name.padEnd(30)} ${String(own.length).padStart(5)} ${seconds(median).padStart(9)} ${seconds(longest).padStart(9)} ${String(failed).padStart(10)}`,
    )
  }
  const { sent, acknowledged, stored, lost, doubled, changed, invented } = verdict
  const replies = [...visitors.outcomes].map(([status, count]) => `${count} x ${status}`).join(', ')
  console.log(`\nreplies: ${replies}`)
  console.log(
    `responses: ${sent} sent, ${acknowledged} acknowledged, ${stored} stored; of the acknowledged lost ${lost.length}; ` +
      `there twice ${doubled.length}, with other answers ${changed.length}, sent by nobody ${invented.length}`,
  )
  for (const reply of visitors.unexpected) console.log(`unexpected reply: ${reply}`)
  return [lost, doubled, changed, invented, visitors.unexpected].every((wrong) => wrong.length === 0)
}
