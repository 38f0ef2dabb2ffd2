import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ProjectDirectory } from '../directory/project-directory.ts'
import { toProblem } from '../errors.ts'
import type { Limits } from '../limits/limits.ts'
import type { Meters } from '../meters.ts'

const prefix = '/v1/ingest/'

export interface FrontDoorOptions {
  projects: Pick<ProjectDirectory, 'peek'>
  limits: Pick<Limits, 'refuseWithoutRoom'>
  meters: Pick<Meters, 'problems'>
  lifecycle: { isDraining: boolean }
}

/**
 * Answers those for whom there is no room before the framework has looked at them: beside a flood there are more
 * refusals than anything else, and they come out of the time of those who are taken. True when the request has its answer. The
 * routes know the same reason, in the same words, for those who come by another way.
 */
export function frontDoor({ projects, limits, meters, lifecycle }: FrontDoorOptions) {
  const counter = meters.problems.labels('overloaded')
  return (request: IncomingMessage, reply: ServerResponse): boolean => {
    const { url = '', method } = request
    // A server that stops says more in its replies.
    if (method !== 'POST' || !url.startsWith(prefix) || lifecycle.isDraining) return false
    const project = projects.peek(url.slice(prefix.length))
    const problem = project && limits.refuseWithoutRoom(project.id)
    if (!problem) return false
    counter.inc()
    const body = JSON.stringify(toProblem(problem))
    reply.writeHead(problem.statusCode, {
      ...problem.headers,
      'content-type': 'application/problem+json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'cross-origin',
      'timing-allow-origin': '*',
      'x-content-type-options': 'nosniff',
    })
    reply.end(body)
    return true
  }
}
