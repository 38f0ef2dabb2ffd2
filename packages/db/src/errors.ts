/** A report was asked by, or filtered on, something that is not a dimension of it. */
export class UnknownDimensionError extends Error {
  override readonly name = 'UnknownDimensionError'
  readonly dimension: string
  constructor(dimension: string, known: readonly string[]) {
    super(`"${dimension}" is not a dimension here; use one of ${known.join(', ')}`)
    this.dimension = dimension
  }
}

/** A `where` condition that cannot be translated; the message names the place. */
export class InvalidConditionError extends Error {
  override readonly name = 'InvalidConditionError'
}

/** Not an IANA time zone that both Node and PostgreSQL know. */
export class InvalidTimeZoneError extends Error {
  override readonly name = 'InvalidTimeZoneError'
  constructor(timezone: string) {
    super(`"${timezone}" is not a known time zone; use an IANA name such as "Asia/Seoul" or "UTC"`)
  }
}

/** A page cursor that this project did not hand out. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError'
  constructor() {
    super('the cursor is not one that a previous page returned; start again without it')
  }
}

/** Another survey of the project has this key. */
export class SurveyKeyTakenError extends Error {
  override readonly name = 'SurveyKeyTakenError'
  constructor(key: string) {
    super(`another survey of this project has the key "${key}"; choose a different one`)
  }
}

/** A survey without any published version cannot go live by a change of status. */
export class SurveyNotPublishedError extends Error {
  override readonly name = 'SurveyNotPublishedError'
  constructor() {
    super('the survey has no published version yet; publish it first')
  }
}
