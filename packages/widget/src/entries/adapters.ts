export { start } from '../core/adapters.ts'
