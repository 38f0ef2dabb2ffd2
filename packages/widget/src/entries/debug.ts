export { start } from '../debug/start.ts'
