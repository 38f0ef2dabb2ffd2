export { heed, serve } from '@heed/test-stack/heed-process'
