import { expect, test, vi } from 'vitest'
import { type Job, runEvery } from '../src/jobs/run-every.ts'
import { createLog } from '../src/log.ts'
import { createMeters } from '../src/meters.ts'
import { noTracing } from '../src/tracing/tracing.ts'

const soon = 0.005

function start(job: Pick<Job, 'run'>) {
  const lines: string[] = []
  const meters = createMeters(() => ({ heldRows: 0, oldestAgeMs: 0 }))
  const log = createLog('info', (line) => lines.push(line))
  const stop = runEvery(
    { log, meters, tracing: noTracing },
    { name: 'tidy', everySeconds: soon, failure: 'not tidied', ...job },
  )
  return { lines, stop, figures: () => meters.registry.metrics() }
}

test('a run that fails is logged without what it says, counted, and followed by the next', async () => {
  let runs = 0
  const { lines, stop, figures } = start({
    run: async () => {
      runs += 1
      if (runs === 1) throw Object.assign(new Error('key (visitor)=(v1)'), { code: '23505' })
    },
  })
  await vi.waitFor(async () => expect(await figures()).toMatch(/outcome="ok"} [1-9]/))
  await stop()
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ message: 'not tidied', job: 'tidy', code: '23505' })
  expect(lines[0]).not.toContain('v1')
  const text = await figures()
  expect(text).toContain('heed_job_runs_total{task="tidy",outcome="failed"} 1\n')
  expect(text).toMatch(/heed_job_seconds_count\{task="tidy"\} \d+\n/)
  expect(text).toMatch(/heed_job_last_success_timestamp_seconds\{task="tidy"\} \d{10}/)
})

test('whoever stops a job waits for the run under way, which is told', async () => {
  let hasEnded = false
  let stop = async () => {}
  await new Promise<void>((isRunning) => {
    stop = start({
      run: (signal) => {
        isRunning()
        return new Promise<void>((resolve) => {
          signal.addEventListener('abort', () =>
            setImmediate(() => {
              hasEnded = true
              resolve()
            }),
          )
        })
      },
    }).stop
  })
  await stop()
  expect(hasEnded).toBe(true)
})
