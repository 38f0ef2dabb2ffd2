export { explain } from '../core/explain.ts'
