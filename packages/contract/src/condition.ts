/** A scalar that a page can set and a condition can compare with. */
export type Scalar = string | number | boolean | null

/** Operators on one value. Several in one object must all hold. A comparison with a missing value is false. */
export interface ConditionOperators {
  $eq?: Scalar
  $ne?: Scalar
  $lt?: string | number
  $lte?: string | number
  $gt?: string | number
  $gte?: string | number
  $in?: Scalar[]
  $nin?: Scalar[]
  /** The value is a list that contains every one of these. */
  $all?: Scalar[]
  /** The value is a list with at least one element that meets this. */
  $elemMatch?: Condition | ConditionOperators
  /** The length of a list: a number, or operators on it. */
  $size?: number | ConditionOperators
  $exists?: boolean
  $type?: 'string' | 'number' | 'boolean' | 'array' | 'object' | 'null' | 'undefined'
  $not?: ConditionOperators
  /** `*` stands for any run of characters; case-sensitive, whole value, linear time. */
  $glob?: string
}

/**
 * The MongoDB-like condition form: keys are dotted paths into the facts (`"cart.value"`), values are a scalar
 * (equality) or operators; `$and`, `$or`, `$nor` and `$not` combine conditions. No regular expressions.
 */
export interface Condition {
  $and?: Condition[]
  $or?: Condition[]
  $nor?: Condition[]
  $not?: Condition
  [path: string]: Scalar | ConditionOperators | Condition | Condition[] | undefined
}
