export { start } from '../adapters/bigcommerce.ts'
