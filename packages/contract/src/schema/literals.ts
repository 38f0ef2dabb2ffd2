import Type from 'typebox'

/** One of these words; says so in one line of JSON Schema (`enum`), where a union of constants takes one branch each. */
export function oneOf<const Values extends string[]>(...values: Values) {
  return Type.Unsafe<Values[number]>({ type: 'string', enum: values })
}

/** ISO 8601 in UTC, as PostgreSQL and `toISOString` write it. */
export const timestampSchema = Type.String({ format: 'date-time' })

export const localeSchema = Type.String({
  pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$',
  maxLength: 35,
  description: 'BCP 47',
})

export const localizedTextSchema = Type.Record(
  Type.String(),
  Type.String({ minLength: 1, maxLength: 2000 }),
  {
    description: 'Texts by BCP 47 language',
  },
)
