import { ConfigError } from '../config.ts'
import { noTracing, type Tracing } from './tracing.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Whether the standard variables of OpenTelemetry ask for traces. */
function isWanted(env: Environment): boolean {
  const isSet = (variable: string) => Boolean(env[variable]?.trim())
  if (env.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true') return false
  if (isSet('OTEL_TRACES_EXPORTER')) return env.OTEL_TRACES_EXPORTER?.trim() !== 'none'
  return isSet('OTEL_EXPORTER_OTLP_ENDPOINT') || isSet('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT')
}

/** Traces as `OTEL_...` says. Its library is loaded only then, and may be left out of an installation. */
export async function openTracing(env: Environment): Promise<Tracing> {
  if (!isWanted(env)) return noTracing
  const { startTracing } = await import('./start-tracing.ts').catch((cause: unknown) => {
    const advice = 'the package @opentelemetry/sdk-node, which is not installed'
    throw Object.assign(new ConfigError('OTEL_TRACES_EXPORTER', advice, ''), { cause })
  })
  return startTracing()
}
