import type { FastifySchema } from 'fastify'
import { problemReplies } from '../routes/v1/problem-replies.ts'

type Properties = Record<string, { type?: unknown; maxLength?: number }>

/**
 * Longer parameters of a path are no address here: 404. A subject's id has 256 characters, and one of Chinese, Japanese
 * or Korean is nine of the address.
 */
export const maxParamLength = 2_304

/**
 * The description of a route with what is answered before its handler runs, which is the same for every route of a
 * kind: a query or a path that does not fit, a body that is too large or of another type. A route without a body has
 * that too, when somebody sends one.
 */
export function withFrameworkReplies(schema: FastifySchema, method: string | string[]): FastifySchema {
  const takesBody = [method].flat().some((one) => one !== 'GET' && one !== 'HEAD')
  const isChecked = takesBody || schema.querystring !== undefined
  return {
    ...schema,
    ...(schema.params !== undefined && { params: withLengths(schema.params) }),
    response: {
      ...(isChecked && problemReplies(400)),
      ...(takesBody && problemReplies(413, 415)),
      ...(schema.response as object),
    },
  }
}

function withLengths(params: unknown): unknown {
  const { properties = {} } = params as { properties?: Properties }
  const entries = Object.entries(properties).map(([name, property]) => [
    name,
    property.type === 'string' ? { maxLength: maxParamLength, ...property } : property,
  ])
  return { ...(params as object), properties: Object.fromEntries(entries) }
}
