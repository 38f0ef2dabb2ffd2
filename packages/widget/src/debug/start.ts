import type { Problem, ProjectRules } from '@heed/contract'
import type { DebugModule } from '../core/debug-interface.ts'
import { openOverlay } from './overlay.tsx'
import { createOverlayModel } from './overlay-model.ts'

/** What the server says of a draft, or why it will not. */
async function fetchDraft(
  host: string | undefined,
  key: string | undefined,
  token: string,
): Promise<ProjectRules | Problem> {
  const response = await fetch(`${host}/v1/config/${key}?preview=${token}`, { credentials: 'omit' })
  return response.json() as Promise<ProjectRules | Problem>
}

export const start: DebugModule['start'] = async (heed, options, wish, signal) => {
  const isPreview = wish !== 'debug'
  const draft = isPreview
    ? await fetchDraft(options.host, options.key, wish).catch(() => undefined)
    : undefined
  const rules = draft && 'surveys' in draft ? draft : undefined
  const notice = !isPreview
    ? ''
    : rules
      ? 'Preview of a draft. Answers are kept apart as tests.'
      : `This preview cannot be shown: ${(draft as Problem | undefined)?.detail ?? 'the server did not answer'}`
  // A preview that failed must not end in answers to the surveys that are live: those of this page are tests too.
  if (isPreview) options.test = true
  if (rules) options.preview = wish
  const model = createOverlayModel(heed, notice, signal)
  openOverlay(model, options, signal)
  // Whoever follows a preview link wants to see it, whatever its rules would say.
  if (rules) heed.ready.then(() => rules.surveys[0] && heed.show(rules.surveys[0].key, { force: true }))
  return rules
}
