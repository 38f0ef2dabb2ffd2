import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, Gauge, type Registry } from 'prom-client'

/**
 * What the process itself costs. Read when somebody asks; nothing is measured in between but the delay of the event
 * loop, fifty times a second.
 */
export function meterProcess(registry: Registry): void {
  const registers = [registry]
  let countedCpu = 0
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'User and system time since the start',
    registers,
    collect() {
      const { user, system } = process.cpuUsage()
      const seconds = (user + system) / 1e6
      this.inc(seconds - countedCpu)
      countedCpu = seconds
    },
  })
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Resident memory',
    registers,
    collect() {
      this.set(process.memoryUsage.rss())
    },
  })
  const resolutionMs = 20
  const delays = monitorEventLoopDelay({ resolution: resolutionMs })
  delays.enable()
  new Gauge({
    name: 'nodejs_eventloop_delay_seconds',
    help: 'How late the event loop came to its work since the last scrape, by quantile; 1 is the longest',
    labelNames: ['quantile'],
    registers,
    aggregator: 'max',
    collect() {
      // What is recorded includes the interval itself.
      const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - resolutionMs / 1e3)
      const isEmpty = delays.count === 0
      for (const quantile of [0.5, 0.99, 1]) {
        this.set({ quantile }, isEmpty ? 0 : late(delays.percentile(quantile * 100)))
      }
      delays.reset()
    },
  })
}
