export { createRedactor, redactAnswers } from '@heed/redaction'
