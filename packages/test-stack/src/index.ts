export { type FreshDatabase, freshDatabase } from './fresh-database.ts'
export { launchBrowser } from './launch-browser.ts'
export { type Stack, type StackOptions, startStack } from './start-stack.ts'
