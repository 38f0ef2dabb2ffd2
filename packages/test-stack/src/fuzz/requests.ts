import fc, { type Arbitrary } from 'fast-check'
import { pixel } from '../pixel.ts'
import { arbitraryOf } from './arbitrary-of.ts'
import { nastyBody, nastyText, nastyValue, spoiled } from './nasty.ts'
import type { JsonSchema, Operation, Parameter } from './openapi.ts'
import { Known, Raw, type Resolve, writeJson } from './wire-json.ts'

/** Whose secret key a request carries. `own` may do everything in the project. */
const keyHolders = ['own', 'reader', 'writer', 'other', 'revoked', 'unknown', 'none'] as const
export type KeyHolder = (typeof keyHolders)[number]

/** One request to an operation, complete but for what earlier replies must give. */
export interface Plan {
  operation: Operation
  /** What is wrong with it; `nothing` when it fits the description. */
  trick: string
  method: string
  path: Record<string, unknown>
  query: (readonly [name: string, value: unknown])[]
  key: KeyHolder
  headers: Record<string, string>
  body?: { type?: string; content: Buffer | { json: unknown } }
}

/** A plan made ready to be sent. */
export interface WireRequest {
  method: string
  /** With its query. */
  target: string
  headers: Record<string, string>
  body: Buffer | undefined
}

/** Requests to an operation: about half fit its description, the others are wrong in one way. */
export function requestsOf(operation: Operation): Arbitrary<Plan> {
  const fitting = fittingRequests(operation)
  const tricks = tricksOf(operation, fitting)
  return fc.oneof(
    { arbitrary: fitting, weight: tricks.length },
    ...tricks.map((arbitrary) => ({ arbitrary, weight: 1 })),
  )
}

function fittingRequests(operation: Operation): Arbitrary<Plan> {
  const parameters = operation.parameters ?? []
  const path = fc.record(
    Object.fromEntries(
      parameters.filter(isIn('path')).map(({ name, schema }) => [name, arbitraryOf(schema, name)]),
    ),
  )
  const query = fc
    .tuple(...parameters.filter(isIn('query')).map(queryParameter))
    .map((given) => given.filter((one) => one !== undefined))
  return fc.record({ path, query, body: bodiesOf(operation) }).map(({ path, query, body }) => ({
    operation,
    trick: 'nothing',
    method: operation.method,
    path,
    query,
    key: operation.security ? 'own' : 'none',
    headers: {},
    ...(body && { body }),
  }))
}

function queryParameter({ name, schema, required }: Parameter): Arbitrary<[string, unknown] | undefined> {
  const given = arbitraryOf(schema, name).map((value): [string, unknown] => [name, value])
  // Few at a time: each of them may be what the request is refused for.
  return required
    ? given
    : fc.oneof({ arbitrary: fc.constant(undefined), weight: 3 }, { arbitrary: given, weight: 1 })
}

function bodiesOf({ requestBody }: Operation): Arbitrary<Plan['body']> {
  const contents = Object.entries(requestBody?.content ?? {})
  if (contents.length === 0) return fc.constant(undefined)
  return fc.oneof(
    ...contents.map(([type, { schema }]) =>
      isBinary(schema)
        ? fc
            .constantFrom(pixel, pixel, Buffer.concat([pixel, Buffer.alloc(900_000)]))
            .map((content) => ({ type, content }))
        : arbitraryOf(schema).map((json) => ({ type, content: { json } })),
    ),
  )
}

function tricksOf(operation: Operation, fitting: Arbitrary<Plan>): Arbitrary<Plan>[] {
  const parameters = operation.parameters ?? []
  const inPath = parameters.filter(isIn('path')).map(({ name }) => name)
  const inQuery = parameters.filter(isIn('query')).map(({ name }) => name)
  const [media] = Object.values(operation.requestBody?.content ?? {})
  const change = <Value>(
    trick: string,
    values: Arbitrary<Value>,
    apply: (plan: Plan, value: Value) => Partial<Plan>,
  ) => fc.tuple(fitting, values).map(([plan, value]) => ({ ...plan, ...apply(plan, value), trick }))

  const tricks = [
    change('odd headers', fc.constantFrom(...oddHeaders), ({ headers }, odd) => ({
      headers: { ...headers, ...odd },
    })),
    change(
      'another method',
      fc.constantFrom('HEAD', 'OPTIONS', 'POST', 'DELETE', 'PUT', 'TRACE', 'PROPFIND', 'QUERY'),
      (_plan, method) => ({ method }),
    ),
    change(
      'an unknown query parameter',
      fc.tuple(
        fc.constantFrom('__proto__', 'constructor', 'extra', '%00', 'a[b]', 'toString', ''),
        nastyText,
      ),
      ({ query }, extra) => ({ query: [...query, extra] }),
    ),
    change(
      'a body of another kind',
      fc.tuple(fc.constantFrom(undefined, ...oddTypes), nastyBody),
      (_plan, [type, content]) => ({ body: { ...(type !== undefined && { type }), content } }),
    ),
  ]
  if (inPath.length > 0) {
    tricks.push(
      change('an odd path', fc.tuple(fc.constantFrom(...inPath), nastyText), ({ path }, [name, value]) => ({
        path: { ...path, [name]: value },
      })),
      change(
        'another thing of the path',
        fc.tuple(
          fc.constantFrom(...inPath),
          fc.constantFrom('surveyKey', 'responseId', 'surveyId', 'token'),
          fc.nat(),
        ),
        ({ path }, [name, known, index]) => ({ path: { ...path, [name]: new Known(known, index) } }),
      ),
    )
  }
  if (inQuery.length > 0) {
    tricks.push(
      change(
        'an odd query',
        fc.tuple(fc.constantFrom(...inQuery), nastyText),
        ({ query }, [name, value]) => ({ query: [...query.filter(([one]) => one !== name), [name, value]] }),
      ),
      change(
        'a repeated query',
        fc.tuple(fc.constantFrom(...inQuery), nastyText, nastyText),
        ({ query }, [name, one, other]) => ({ query: [...query, [name, one], [name, other]] }),
      ),
      change(
        'a query made of values',
        fc.tuple(fc.constantFrom(...inQuery), nastyValue),
        ({ query }, [name, value]) => ({
          query: [
            ...query.filter(([one]) => one !== name),
            [name, writeJson(value, () => 'x').slice(0, 1500)],
          ],
        }),
      ),
    )
  }
  if (operation.security) {
    tricks.push(change('another key', fc.constantFrom(...keyHolders), (_plan, key) => ({ key })))
  }
  if (media && !isBinary(media.schema)) {
    const [type = ''] = Object.keys(operation.requestBody?.content ?? {})
    const json = spoiled(arbitraryOf(media.schema))
    tricks.push(
      change('a spoiled body', json, (_plan, json) => ({ body: { type, content: { json } } })),
      change('a spoiled body, again', json, (_plan, json) => ({ body: { type, content: { json } } })),
      change('an odd content type', fc.constantFrom(...oddTypes), (plan, type) =>
        plan.body ? { body: { ...plan.body, type } } : {},
      ),
      change('no body', fc.constantFrom(undefined, type), (_plan, type) => ({
        body: { ...(type !== undefined && { type }), content: Buffer.alloc(0) },
      })),
    )
  }
  if (media && isBinary(media.schema)) {
    const spoiledPixel = fc
      .tuple(fc.nat({ max: pixel.length - 1 }), fc.uint8Array({ maxLength: 40 }))
      .map(([at, bytes]) => Buffer.concat([pixel.subarray(0, at), bytes]))
    tricks.push(
      change(
        'a broken image',
        fc.tuple(
          fc.constantFrom(...Object.keys(operation.requestBody?.content ?? {})),
          fc.oneof(spoiledPixel, brokenImages),
        ),
        (_plan, [type, content]) => ({ body: { type, content } }),
      ),
    )
  }
  return tricks
}

const oddTypes = [
  ...[
    'application/json',
    'text/plain',
    'application/json; charset=utf-16',
    'text/plain;charset=iso-8859-1',
    'application/xml',
  ],
  ...[
    'APPLICATION/JSON',
    'application/json;',
    'application/json; charset="',
    'application/jsonx',
    ' application/json',
    'text/plain, application/json',
  ],
  ...[
    'multipart/form-data',
    'application/x-www-form-urlencoded',
    '*/*',
    'a',
    '/',
    'application/',
    'application/json\t; a=b',
    'image/png',
    'image/svg+xml',
  ],
]

const oddHeaders: Record<string, string>[] = [
  { origin: 'https://shop.example' },
  { origin: 'null' },
  { origin: `https://${'x'.repeat(2000)}.example` },
  { 'if-none-match': '*' },
  { 'if-none-match': 'W/"x", "y",,,' },
  { 'accept-encoding': 'br' },
  { 'accept-encoding': 'gzip;q=0.1, *;q=0' },
  { 'accept-language': 'ko;q=1e400, en;q=-1,, ;;;, x' },
  { 'x-forwarded-for': '1.2.3.4, ::1, unknown' },
  { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'javascript' },
  { forwarded: 'for="[::1]:80";host=evil.example' },
  { range: 'bytes=0-1,2-3,4-' },
  { 'content-encoding': 'gzip' },
  { expect: 'something' },
  { authorization: 'Bearer' },
  { authorization: `Bearer sk_${'x'.repeat(4000)}` },
  { authorization: 'Basic c2tfOng=' },
  { accept: 'text/html' },
  { 'x-http-method-override': 'DELETE' },
  { cookie: 'a=b; __proto__=c' },
]

/** Headers of images that claim much, or that lead their reader in circles. */
const brokenImages = fc.oneof(
  fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), bytes])),
  fc
    .uint8Array({ maxLength: 64 })
    .map((bytes) => Buffer.concat([Buffer.from('RIFF\x00\x00\x00\x00WEBP', 'latin1'), bytes])),
  fc
    .constantFrom('VP8 ', 'VP8L', 'VP8X', 'ALPH')
    .map((kind) => Buffer.from(`RIFF\xff\xff\xff\xffWEBP${kind}\xff\xff\xff\xff`, 'latin1')),
  fc.constantFrom(
    Buffer.alloc(1_100_000, 0xff),
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 2]), Buffer.alloc(400_000)]),
  ),
)

/** Fills in what earlier replies gave. */
export function toWire(
  plan: Plan,
  secretKeys: Partial<Record<KeyHolder, string>>,
  resolve: Resolve,
): WireRequest {
  const textOf = (value: unknown): string => {
    if (value instanceof Raw) return value.text
    const text =
      value instanceof Known ? resolve(value) : typeof value === 'string' ? value : writeJson(value, resolve)
    return encodeURIComponent(text.toWellFormed())
  }
  // A wildcard stands for several segments.
  const pathTextOf = (name: string) =>
    name === '*' ? textOf(plan.path[name]).replaceAll('%2F', '/') : textOf(plan.path[name])
  const path = plan.operation.path.replaceAll(/\{([^}]+)\}/g, (_all, name: string) => pathTextOf(name))
  const query = plan.query.map(([name, value]) => `${name}=${textOf(value)}`).join('&')
  const secretKey = secretKeys[plan.key]
  const content = plan.body?.content
  const body =
    content === undefined || Buffer.isBuffer(content)
      ? content
      : Buffer.from(writeJson(content.json, resolve))
  return {
    method: plan.method,
    target: query === '' ? path : `${path}?${query}`,
    headers: {
      ...(secretKey !== undefined && { authorization: `Bearer ${secretKey}` }),
      ...(plan.body?.type !== undefined && { 'content-type': plan.body.type }),
      ...(body && { 'content-length': String(body.length) }),
      ...plan.headers,
    },
    body,
  }
}

const isIn = (place: Parameter['in']) => (parameter: Parameter) => parameter.in === place

const isBinary = ({ format, type }: JsonSchema) => type === 'string' && format === 'binary'
