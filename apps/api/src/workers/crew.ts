import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { Counter, Gauge, type Registry } from 'prom-client'
import type { Log } from '../log.ts'
import { backOffMs, countYoungDeaths } from './back-off.ts'
import { FiguresOfAll } from './figures-of-all.ts'
import { type FromWorker, isOurs, type ToWorker } from './messages.ts'

export interface CrewOptions {
  count: number
  /** What the workers find in their environment besides ours. */
  env: Record<string, string>
  /** Of this process; the crew adds its own figures. */
  registry: Registry
  log: Log
  /** How long a worker that stops waits for a balancer first. */
  drainMs: number
}

export interface Crew {
  url: string
  /** Resolves when every worker has ended. */
  stop(): Promise<void>
}

interface Place {
  number: number
  worker?: Worker
  startedMs: number
  youngDeaths: number
  timer?: NodeJS.Timeout
}

/** A worker gives its requests 10 s; what has not ended by then hangs. */
const stopWithinMs = 13_000
/** A worker whose loop is busy for longer is represented by what it said before. */
const figuresWithinMs = 1_000

/** Starts the workers, replaces those that end, and adds up their figures. Rejects when they cannot start. */
export async function startCrew(options: CrewOptions): Promise<Crew> {
  const { count, env, registry, log, drainMs } = options
  const figures = new FiguresOfAll(registry)
  const registers = [registry]
  new Gauge({
    name: 'heed_workers',
    help: 'Workers that serve now',
    registers,
    collect() {
      this.set(listening.size)
    },
  })
  const replaced = new Counter({
    name: 'heed_worker_replaced_total',
    help: 'Workers that ended without being asked to',
    registers,
  })
  const listening = new Set<Place>()
  let hasStarted = false
  let isStopping = false
  let collecting: Promise<void> | undefined
  const reported = new Map<Worker, () => void>()

  const tell = (worker: Worker, message: ToWorker) => {
    if (worker.isConnected()) worker.send(message, () => {})
  }

  function start(place: Place): void {
    place.startedMs = performance.now()
    const worker = cluster.fork({ ...env, HEED_WORKER: `${place.number}/${count}` })
    place.worker = worker
    worker.on('message', (message: unknown) => {
      if (isOurs<FromWorker>(message)) hear(place, worker, message)
    })
    // A message that cannot be sent any more; its end follows.
    worker.on('error', () => {})
    worker.on('exit', (code, signal) => ended(place, code, signal))
  }

  function hear(place: Place, worker: Worker, message: FromWorker): void {
    if (message.heed === 'figures') {
      figures.note(place.number, message.figures)
      reported.get(worker)?.()
    } else if (message.heed === 'sumWanted') {
      void sum().then((text) => tell(worker, { heed: 'sum', text }))
    } else if (message.heed === 'failed') {
      if (hasStarted) log.error({ worker: place.number, reason: message.message }, 'a worker cannot start')
      else onFailure(new Error(message.message))
    } else {
      listening.add(place)
      if (listening.size === count && !hasStarted) {
        hasStarted = true
        onStart(message.url)
      }
    }
  }

  function ended(place: Place, code: number, signal: string): void {
    listening.delete(place)
    if (place.worker) reported.get(place.worker)?.()
    delete place.worker
    figures.forget(place.number)
    if (isStopping) return
    if (!hasStarted) {
      onFailure(new Error(`a worker ended before it listened (${signal ?? code})`))
      return
    }
    replaced.inc()
    place.youngDeaths = countYoungDeaths(place.youngDeaths, performance.now() - place.startedMs)
    const afterMs = backOffMs(Math.max(place.youngDeaths - 1, 0))
    log.error({ worker: place.number, code, signal, afterMs }, 'a worker ended and is replaced')
    place.timer = setTimeout(() => start(place), afterMs)
  }

  /** Asks every worker, and takes its latest figures where it does not answer in time. */
  async function collect(): Promise<void> {
    const workers = places.flatMap(({ worker }) => (worker?.isConnected() ? [worker] : []))
    const answers = workers.map(
      (worker) =>
        new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, figuresWithinMs)
          reported.set(worker, () => {
            clearTimeout(timer)
            reported.delete(worker)
            resolve()
          })
          tell(worker, { heed: 'figuresWanted' })
        }),
    )
    await Promise.all(answers)
  }

  async function sum(): Promise<string> {
    collecting ??= collect().finally(() => {
      collecting = undefined
    })
    await collecting
    return figures.text()
  }

  async function stop(): Promise<void> {
    isStopping = true
    const ends = places.flatMap(({ worker, timer }) => {
      clearTimeout(timer)
      if (!worker) return []
      tell(worker, { heed: 'stop' })
      return [once(worker, 'exit')]
    })
    const deadline = setTimeout(() => {
      for (const { worker } of places) worker?.process.kill('SIGKILL')
    }, drainMs + stopWithinMs)
    await Promise.all(ends)
    clearTimeout(deadline)
  }

  const places: Place[] = Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    startedMs: 0,
    youngDeaths: 0,
  }))
  let onStart = (_url: string) => {}
  let onFailure = (_error: Error) => {}
  try {
    const url = await new Promise<string>((resolve, reject) => {
      onStart = resolve
      onFailure = reject
      for (const place of places) start(place)
    })
    return { url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
