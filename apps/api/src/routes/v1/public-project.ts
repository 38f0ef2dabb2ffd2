import type { Project } from '@heed/contract'
import { ProblemError } from '../../errors.ts'

/** @throws {ProblemError} `unknown_key` */
export function knownProject(project: Project | null): Project {
  if (project) return project
  throw new ProblemError('unknown_key', 'publicKey: no project has this key; copy the snippet again')
}
