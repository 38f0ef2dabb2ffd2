import type { ProjectSettings } from '@heed/contract'
import { ProblemError } from '../errors.ts'
import { type ShapeError, sentence } from '../explain-shape.ts'
import { originPatternError } from './origin-pattern-error.ts'
import { urlPatternError } from './publish-errors.ts'

/** Patterns that can never fit would shut a shop out, or leave a page unprotected, without a word. @throws {ProblemError} */
export function checkSettings({ origins = [], protectedUrls = [] }: Partial<ProjectSettings> = {}): void {
  const errors = [
    ...wrongOnes('settings.origins', origins, originPatternError),
    ...wrongOnes('settings.protectedUrls', protectedUrls, urlPatternError),
  ]
  const [first] = errors
  if (first) throw new ProblemError('invalid_request', sentence(first), { errors })
}

function wrongOnes(
  path: string,
  patterns: readonly string[],
  explain: (pattern: string) => string | undefined,
): ShapeError[] {
  return patterns.flatMap((pattern, index) => {
    const message = explain(pattern)
    return message ? [{ path: `${path}.${index}`, message }] : []
  })
}
