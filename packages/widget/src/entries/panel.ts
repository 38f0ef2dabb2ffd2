export { open } from '../panel/open.ts'
