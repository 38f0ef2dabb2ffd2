import { noTracing, type Tracing } from './tracing.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Whether the standard variables of OpenTelemetry ask for traces. */
function isWanted(env: Environment): boolean {
  const isSet = (variable: string) => Boolean(env[variable]?.trim())
  if (env.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true') return false
  if (isSet('OTEL_TRACES_EXPORTER')) return env.OTEL_TRACES_EXPORTER?.trim() !== 'none'
  return isSet('OTEL_EXPORTER_OTLP_ENDPOINT') || isSet('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT')
}

/** Traces as `OTEL_...` says. Its library is loaded only then: nobody else waits for it, or has it in memory. */
export async function openTracing(env: Environment): Promise<Tracing> {
  if (!isWanted(env)) return noTracing
  const { startTracing } = await import('./start-tracing.ts')
  return startTracing()
}
