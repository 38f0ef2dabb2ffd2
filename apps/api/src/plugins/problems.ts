import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { ProblemError, toProblem } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Services } from '../services.ts'
import { collectRoutes } from './allowed-methods.ts'
import { toProblemError } from './to-problem-error.ts'

/** Every error leaves as `application/problem+json`, and only what it may say. */
export const problemsPlugin = fastifyPlugin<Pick<Services, 'meters' | 'log'>>(
  async (app, { meters, log }) => {
    const allowedMethods = collectRoutes(app)

    app.setErrorHandler((error: FastifyError, request, reply) => {
      const problem = toProblemError(error)
      if (problem.statusCode >= 500) logFailure(log, request, problem)
      meters.problems.inc({ code: problem.code })
      return sendProblem(reply, problem)
    })

    app.setNotFoundHandler((request, reply) => {
      const methods = allowedMethods(request.url)
      const path = (request.url.split('?', 1)[0] ?? '').slice(0, 200)
      const problem =
        methods.length > 0
          ? new ProblemError('method_not_allowed', `${request.method} ${path}: use ${methods.join(', ')}`, {
              headers: { allow: methods.join(', ') },
            })
          : new ProblemError('not_found', `${request.method} ${path}: see /docs for every address`)
      meters.problems.inc({ code: problem.code })
      return sendProblem(reply, problem)
    })
  },
  { name: 'problems' },
)

/** Sends an error reply; `reply` keeps the headers it already has (CORS among them). */
export function sendProblem(reply: FastifyReply, problem: ProblemError): FastifyReply {
  return reply
    .code(problem.statusCode)
    .headers(problem.headers)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(toProblem(problem)))
}

/** The route and the place in the code; never the address, which has a key, nor a message of the database, which quotes data. */
function logFailure(log: Log, request: FastifyRequest, problem: ProblemError): void {
  const { cause } = problem
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
  const name = cause instanceof Error ? cause.name : undefined
  const stack =
    cause instanceof Error ? cause.stack?.split('\n').filter((line) => /^\s+at /.test(line)) : undefined
  log.error(
    { problem: problem.code, method: request.method, route: request.routeOptions.url, name, code, stack },
    'request failed',
  )
}
