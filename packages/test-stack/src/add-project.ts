import type { ProjectSettings, ResponsePage, ResponseRecord, Survey, SurveyDefinition } from '@heed/contract'
import { createProject } from '@heed/db'
import type { Stack } from './start-stack.ts'

/** A project beside the demo's, with live surveys of the test's own. */
export interface TestProject {
  publicKey: string
  /** Survey id by key. */
  surveys: Record<string, string>
  /** Newest first. */
  responses(survey: string): Promise<ResponseRecord[]>
}

/** Publishes surveys as a deploy script would. Without settings every page may send, and any number of surveys show. */
export async function addProject(
  stack: Pick<Stack, 'apiUrl' | 'db'>,
  definitions: SurveyDefinition[],
  settings: Partial<ProjectSettings> = {},
): Promise<TestProject> {
  const { project, secretKey } = await createProject(stack.db, { name: 'Test' })
  const call = async <Reply>(method: string, path: string, body?: unknown): Promise<Reply> => {
    const reply = await fetch(`${stack.apiUrl}/v1/projects/${project.id}${path}`, {
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
  await call('PATCH', '', { settings: { onePerSession: false, ...settings } })
  const surveys: Record<string, string> = {}
  for (const definition of definitions) {
    const { id } = await call<Survey>('POST', '/surveys', definition)
    await call('POST', `/surveys/${id}/publish`)
    surveys[definition.key] = id
  }
  return {
    publicKey: project.publicKey,
    surveys,
    responses: async (survey) =>
      (await call<ResponsePage>('GET', `/responses?survey=${survey}&limit=200`)).data,
  }
}
