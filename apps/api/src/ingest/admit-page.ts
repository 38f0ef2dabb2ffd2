import type { Project } from '@heed/contract'
import type { FastifyRequest } from 'fastify'
import { ProblemError } from '../errors.ts'
import { knownProject } from '../routes/v1/public-project.ts'
import { originAllowed } from './origins.ts'

/**
 * The project, when this page may send to it.
 * @throws {ProblemError} `unknown_key`, `project_paused`, `origin_not_allowed`
 */
export function admitPage(
  request: FastifyRequest,
  found: Project | null,
  publicUrl: string | undefined,
): Project {
  const project = knownProject(found)
  if (project.status === 'paused') {
    throw new ProblemError('project_paused', 'publicKey: the project is paused and takes no answers')
  }
  const { origin } = request.headers
  if (!originAllowed(project.settings.origins, origin) && !isOwnOrigin(request, publicUrl)) {
    throw new ProblemError(
      'origin_not_allowed',
      `origin: ${origin?.slice(0, 200)} is not among the project's origins; add it to the project's settings`,
    )
  }
  return project
}

/** Surveys have pages on this server too, `/s/...`. No browser lets a page choose its origin or its host. */
function isOwnOrigin({ headers }: FastifyRequest, publicUrl: string | undefined): boolean {
  const origin = URL.parse(headers.origin ?? '')
  if (!origin) return false
  return publicUrl === undefined
    ? origin.host === headers.host
    : origin.origin === URL.parse(publicUrl)?.origin
}
