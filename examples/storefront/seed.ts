import type { Project, Survey, SurveyDefinition } from '@heed/contract'
import { demoSurveys } from './surveys/index.ts'

export interface SeedTarget {
  apiUrl: string
  projectId: string
  /** Needs the scopes `write` and `admin`. */
  secretKey: string
}

/**
 * Puts the shop's surveys into a project through the management API, as a developer's deploy script would: settings
 * first, then each survey that is not there yet, published: the demo's, or others. Surveys that exist stay as somebody
 * left them.
 * @returns survey id by key
 */
export async function seedDemo(
  { apiUrl, projectId, secretKey }: SeedTarget,
  definitions: readonly SurveyDefinition[] = demoSurveys,
): Promise<Record<string, string>> {
  const call = async <Reply>(method: string, path: string, body?: unknown): Promise<Reply> => {
    const reply = await fetch(`${apiUrl}/v1/projects/${projectId}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secretKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as Reply
  }

  // Somebody trying the demo meets survey after survey; a real shop would keep a pause between them. Nothing ever
  // covers the way to the money, whatever somebody sets up while trying.
  await call<Project>('PATCH', '', {
    settings: {
      origins: ['http://127.0.0.1:*', 'http://localhost:*'],
      cooldownDays: 0,
      onePerSession: false,
      protectedUrls: ['*/checkout/*'],
    },
  })
  const { data: existing } = await call<{ data: Survey[] }>('GET', '/surveys')
  const ids: Record<string, string> = {}
  for (const definition of definitions) {
    const found = existing.find(({ key }) => key === definition.key)
    const survey = found ?? (await call<Survey>('POST', '/surveys', definition))
    if (survey.status === 'draft') await call<Survey>('POST', `/surveys/${survey.id}/publish`)
    ids[definition.key] = survey.id
  }
  return ids
}
