export { open } from '../panel/open.tsx'
