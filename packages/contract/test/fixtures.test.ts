import { readdirSync, readFileSync } from 'node:fs'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import {
  displayItemSchema,
  ingestReplySchema,
  ingestRequestSchema,
  lossItemSchema,
  metricsReportSchema,
  projectRulesSchema,
  responseItemSchema,
  surveyDefinitionSchema,
  surveyTextsSchema,
} from '../src/schema/index.ts'

const folder = new URL('../fixtures/v1/', import.meta.url)
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))

const schemas: Record<string, TSchema> = {
  'ingest-reply.json': ingestReplySchema,
  'ingest-request.json': ingestRequestSchema,
  'metrics-report.json': metricsReportSchema,
  'project-rules.json': projectRulesSchema,
  'survey-definition-every-kind.json': surveyDefinitionSchema,
  'survey-definition.json': surveyDefinitionSchema,
  'survey-texts.json': surveyTextsSchema,
}
const itemSchemas: Record<string, TSchema> = {
  response: responseItemSchema,
  display: displayItemSchema,
  loss: lossItemSchema,
}

describe('released payloads', () => {
  it('has a schema for every fixture', () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(schemas))
  })

  for (const [name, schema] of Object.entries(schemas)) {
    it(`still reads ${name}`, () => {
      expect([...Value.Errors(schema, read(name))]).toEqual([])
    })
  }

  it('still reads every item of the ingest request', () => {
    const { items } = read('ingest-request.json') as { items: { type: string }[] }
    for (const item of items) {
      expect([...Value.Errors(itemSchemas[item.type] as TSchema, item)]).toEqual([])
    }
  })

  it('refuses a misspelt member of a survey by name', () => {
    const survey = { ...(read('survey-definition.json') as object), trigers: [] }
    expect(Value.Check(surveyDefinitionSchema, survey)).toBe(false)
  })
})
