import type { createRedactor, redactAnswers } from '@heed/redaction'

/** The part that takes personal data out of texts: the scanner that the server has, too. */
export interface RedactionModule {
  createRedactor: typeof createRedactor
  redactAnswers: typeof redactAnswers
}
