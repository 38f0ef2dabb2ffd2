import type { FunnelReport, Metric, MetricsReport, Project, ResponsePage, Survey } from '@heed/contract'

/** The API answered, and refused: waiting will not help. */
export class Refused extends Error {}

/** What the board reads, with the secret key. Runs on the server only. */
export interface HeedApi {
  project(): Promise<Project>
  surveys(): Promise<Survey[]>
  metrics(survey: string, metric: Metric): Promise<MetricsReport>
  funnel(survey: string): Promise<FunnelReport>
  responses(limit: number): Promise<ResponsePage>
}

/** @throws {Refused} when the key or the project is wrong; other errors mean that the API cannot be reached */
export function heedApi({
  apiUrl,
  projectId,
  secretKey,
}: {
  apiUrl: string
  projectId: string
  secretKey: string
}): HeedApi {
  async function read<Reply>(path: string, query: Record<string, string> = {}): Promise<Reply> {
    const address = new URL(`${apiUrl}/v1/projects/${encodeURIComponent(projectId)}${path}`)
    address.search = new URLSearchParams(query).toString()
    const reply = await fetch(address, {
      headers: { authorization: `Bearer ${secretKey}` },
      signal: AbortSignal.timeout(5000),
    })
    if ([401, 403, 404].includes(reply.status)) throw new Refused(`${reply.status} for ${address.pathname}`)
    if (!reply.ok) throw new Error(`${reply.status} for ${address.pathname}`)
    return (await reply.json()) as Reply
  }
  return {
    project: () => read(''),
    surveys: async () => (await read<{ data: Survey[] }>('/surveys')).data,
    metrics: (survey, metric) => read('/metrics', { survey, metric }),
    funnel: (survey) => read('/funnel', { survey }),
    responses: (limit) => read('/responses', { limit: String(limit) }),
  }
}
