import Schema from 'typebox/schema'
import type { ApiDescription, JsonSchema, Operation } from './openapi.ts'
import type { Plan } from './requests.ts'
import type { Reply } from './send.ts'

const problemType = 'application/problem+json'
/** Tricks that may make the request one of another operation, or of none. */
const leavesOperation = new Set(['another method', 'an odd path', 'another thing of the path'])

/** Says what is wrong with a reply, undefined when it is as described. */
export function replyChecker({ operations, codes }: ApiDescription) {
  const validators = new Map<JsonSchema, ReturnType<typeof Schema.Compile>>()

  function wrongWithBody(schema: JsonSchema, body: string): string | undefined {
    let value: unknown
    try {
      value = JSON.parse(body)
    } catch {
      return `the body is no JSON: ${body.slice(0, 200)}`
    }
    const validator = validators.get(schema) ?? Schema.Compile(schema as never)
    validators.set(schema, validator)
    const [isFine, errors] = validator.Errors(value)
    return isFine ? undefined : `the body does not fit its schema: ${JSON.stringify(errors.slice(0, 3))}`
  }

  function wrongWithProblem({ status, headers, body }: Reply): string | undefined {
    if (typeOf(headers) !== problemType) return `a ${status} of the type ${headers['content-type']}`
    const problem = JSON.parse(body) as { code: string; status: number }
    if (codes.get(problem.code) !== status) return `a ${status} with the code ${problem.code}`
    if (problem.status !== status) return `a ${status} whose body says ${problem.status}`
    if (status === 405 && !headers.allow) return 'a 405 without allow'
    if (status === 429 && !headers['retry-after']) return 'a 429 without retry-after'
    return /node_modules|\bat .*\.ts:\d+/.test(body)
      ? `a stack in the reply: ${body.slice(0, 300)}`
      : undefined
  }

  function wrongFor(operation: Operation, method: string, reply: Reply): string | undefined {
    const { status, headers, body } = reply
    const described = operation.responses[status]
    if (!described) return `status ${status} is not described: ${body.slice(0, 200)}`
    if (method === 'HEAD' || status === 304)
      return body === '' ? undefined : 'a reply with a body that may have none'
    const type = typeOf(headers)
    const contents = Object.entries(described.content ?? {})
    if (contents.length === 0)
      return body === '' ? undefined : `a body where none is described: ${body.slice(0, 200)}`
    const [, media] = contents.find(([name]) => name.split(';', 1)[0] === type) ?? []
    if (!media) return `status ${status} of the type ${type} is not described`
    if (type === problemType) return wrongWithProblem(reply) ?? wrongWithBody(media.schema, body)
    return type === 'application/json' ? wrongWithBody(media.schema, body) : undefined
  }

  return ({ operation, trick, method }: Plan, reply: Reply): string | undefined => {
    if (reply.status >= 500) return `status ${reply.status}: ${reply.body.slice(0, 200)}`
    if (!leavesOperation.has(trick)) return wrongFor(operation, method, reply)
    const others = operations.filter((one) => one.method === (method === 'HEAD' ? 'GET' : method))
    if (others.some((one) => wrongFor(one, method, reply) === undefined)) return undefined
    if (method === 'OPTIONS' && reply.status === 204) return undefined
    if (![400, 404, 405].includes(reply.status)) return wrongFor(operation, method, reply)
    return method === 'HEAD' ? undefined : wrongWithProblem(reply)
  }
}

const typeOf = (headers: Reply['headers']): string =>
  String(headers['content-type'] ?? '').split(';', 1)[0] ?? ''
