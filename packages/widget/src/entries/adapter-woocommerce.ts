export { start } from '../adapters/woocommerce.ts'
