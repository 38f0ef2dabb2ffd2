import { createProject } from '@heed/db'
import { seedDemo } from '@heed/example-storefront/seed'
import { demoSurveys } from '@heed/example-storefront/surveys'
import { startStack } from '@heed/test-stack'
import { loadWidgetAssets } from '@heed/widget/assets'
import { type Candidate, javascript } from './candidate.ts'

/** Acknowledges whatever arrives, as the server does once it is stored. */
function acknowledge(body: string): string {
  const { items } = JSON.parse(body) as { items: { id?: string; seq?: number }[] }
  return JSON.stringify({ items: items.map(({ id, seq }) => ({ id, seq, status: 'stored' })) })
}

/** The script tag of a shop with three live surveys, in the bytes that a running server hands out. */
export async function heed(): Promise<Candidate> {
  const stack = await startStack()
  try {
    const { project, secretKey } = await createProject(stack.db, { name: 'Three surveys' })
    const three = demoSurveys.slice(0, 3)
    const ids = await seedDemo({ apiUrl: stack.apiUrl, projectId: project.id, secretKey }, three)
    const text = async (path: string) => (await fetch(`${stack.apiUrl}${path}`)).text()
    const tag = `/${project.publicKey}/heed.js`
    const files: Candidate['files'] = new Map([[tag, { body: await text(tag), type: javascript }]])
    for (const [path, { body }] of (await loadWidgetAssets()).files)
      files.set(`/${path}`, { body, type: javascript })
    const texts = `/v1/surveys/${project.publicKey}/${ids['post-purchase-nps']}/1/en`
    files.set(texts, { body: await text(texts), type: 'application/json' })
    return {
      name: 'Heed',
      head: `<script async src="${tag}" data-consent="granted"></script>`,
      files,
      api: (path, body) => (path.startsWith('/v1/ingest/') ? acknowledge(body) : undefined),
      trigger: `heed.show('post-purchase-nps', { force: true })`,
      shown: '[role=dialog] h2',
    }
  } finally {
    await stack.close()
  }
}
