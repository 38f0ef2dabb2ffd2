export { start } from '../adapters/shopify.ts'
