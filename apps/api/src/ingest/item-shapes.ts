import type { DisplayItem, LossItem, ResponseItem } from '@heed/contract'
import { displayItemSchema, lossItemSchema, responseItemSchema } from '@heed/contract/schema'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { explainMisfit, sentence } from '../explain-shape.ts'

// The inside of a context is reduced to what fits rather than checked: an answer is not lost over it.
const context = Type.Optional(Type.Object({}))
const label = (maxLength: number) => Type.Optional(Type.Union([Type.String({ maxLength }), Type.Null()]))

const schemas = {
  response: Type.Object({
    ...responseItemSchema.properties,
    context,
    visitor: label(128),
    subject: label(256),
  }),
  display: Type.Object({ ...displayItemSchema.properties, context, visitor: label(128) }),
  loss: Type.Object({ ...lossItemSchema.properties }),
}
const response = Compile(schemas.response)
const display = Compile(schemas.display)
const loss = Compile(schemas.loss)

export const isResponseItem = (item: unknown): item is ResponseItem => response.Check(item)
export const isDisplayItem = (item: unknown): item is DisplayItem => display.Check(item)
export const isLossItem = (item: unknown): item is LossItem => loss.Check(item)

/** Why an item is none of the three: `seq: expected an integer from 1 to 1000000, got 0`. */
export function describeShape(item: unknown): string {
  const [error] = explainMisfit(Type.Union([schemas.response, schemas.display, schemas.loss]), item)
  return error ? sentence(error) : 'expected an item of type response, display or loss'
}
