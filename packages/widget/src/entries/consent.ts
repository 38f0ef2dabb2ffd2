export { watch } from '../core/consent-sources/watch.ts'
