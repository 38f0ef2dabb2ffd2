export { watch } from '../core/history.ts'
