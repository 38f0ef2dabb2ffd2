export { start } from '../adapters/adobe-commerce.ts'
