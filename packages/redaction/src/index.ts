export { mayHold } from './may-hold.ts'
export { createRedactor, type Fingerprint, type Redact } from './redact.ts'
export { redactAnswers } from './redact-answers.ts'
