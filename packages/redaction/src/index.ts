export { createRedactor, type Fingerprint, type Redact } from './redact.ts'
