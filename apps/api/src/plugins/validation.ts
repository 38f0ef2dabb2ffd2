import fastifyPlugin from 'fastify-plugin'
import { Compile } from 'typebox/compile'
import Value from 'typebox/value'
import { explainMisfit } from '../explain-shape.ts'

/** How an error names the place; the members of a body need no such word. */
const partNames: Record<string, string> = { querystring: 'query', params: 'path', headers: 'headers' }

/**
 * Checks requests against their TypeBox schemas. Text becomes numbers and booleans only where the request can
 * hold nothing but text (query, path, headers); a body is taken as it is: nothing coerced, nothing stripped.
 */
export const validationPlugin = fastifyPlugin(
  async (app) => {
    // Schema-made serializers drop what a schema leaves open (conditions, attributes); tests hold replies to their schema.
    app.setSerializerCompiler(() => JSON.stringify)
    app.setValidatorCompiler(({ schema, httpPart }) => {
      const validator = Compile(schema as object)
      const isConverted = httpPart !== 'body' && !holdsOnlyText(schema)
      return (given: unknown) => {
        const value = isConverted ? Value.Convert(schema as object, given) : given
        if (validator.Check(value)) return { value }
        const prefix = partNames[httpPart ?? ''] ?? ''
        const errors = explainMisfit(schema as object, value, prefix)
        return { error: Object.assign(new Error('invalid request'), { validation: errors, statusCode: 400 }) }
      }
    })
  },
  { name: 'validation' },
)

/** Nothing to convert then, and it would cost ingest a microsecond a request. */
function holdsOnlyText(schema: unknown): boolean {
  const { properties = {} } = schema as { properties?: Record<string, { type?: unknown }> }
  return Object.values(properties).every(({ type }) => type === 'string')
}
