export { start } from '../adapters/segment.ts'
