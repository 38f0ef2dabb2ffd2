/** JSON Schema as the API's description uses it. */
export interface JsonSchema {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean | JsonSchema
  patternProperties?: Record<string, JsonSchema>
  items?: JsonSchema | JsonSchema[]
  additionalItems?: boolean | JsonSchema
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  pattern?: string
  format?: string
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  schema: JsonSchema
}

type Content = Record<string, { schema: JsonSchema }>

interface DescribedOperation {
  operationId: string
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content: Content }
  responses: Record<string, { content?: Content }>
  security?: object[]
}

export interface Operation extends DescribedOperation {
  /** With `{name}` where parameters stand. */
  path: string
  /** Upper case. */
  method: string
}

export interface ApiDescription {
  operations: Operation[]
  /** The status of each error code, as the description lists them. */
  codes: ReadonlyMap<string, number>
}

interface Document {
  info: { description: string }
  paths: Record<string, Record<string, DescribedOperation>>
}

/** What the server says of itself, at `/openapi.json`. */
export async function describeApi(url: string): Promise<ApiDescription> {
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as Document
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      path,
      method: method.toUpperCase(),
    })),
  )
  const rows = document.info.description.matchAll(/^\| `(\w+)` \| (\d+) \|/gm)
  const codes = new Map([...rows].map(([, code = '', status]) => [code, Number(status)]))
  return { operations, codes }
}
