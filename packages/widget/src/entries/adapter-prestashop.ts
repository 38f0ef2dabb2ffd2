export { start } from '../adapters/prestashop.ts'
