import type { KnownVersion, MissingVersion, SurveyDirectory } from '../directory/survey-directory.ts'
import type { PreviewedDraft } from '../previews.ts'

export type FoundVersion = KnownVersion | MissingVersion | undefined

/** The survey version that each item refers to, in order, 0 the draft; a promise only when one is not known yet. */
export function findVersions(
  surveys: SurveyDirectory,
  projectId: string,
  items: readonly unknown[],
  draft?: PreviewedDraft,
): FoundVersion[] | Promise<FoundVersion[]> {
  let isWaiting = false
  const found = items.map((item) => {
    const { surveyId, version } = (typeof item === 'object' && item !== null ? item : {}) as Record<
      string,
      unknown
    >
    if (typeof surveyId !== 'string' || !isVersion(version)) {
      return version === 0 && draft?.surveyId === surveyId ? draft : undefined
    }
    const known = surveys.peekVersion(projectId, surveyId, version)
    if (known) return known
    isWaiting = true
    return surveys.findVersion(projectId, surveyId, version)
  })
  return isWaiting ? Promise.all(found) : (found as FoundVersion[])
}

/** PostgreSQL's integer; anything else is refused by the shape of the item. */
function isVersion(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 2_147_483_647
}
