// What `startEmbedded` is made of, for tools that run servers their own way: to break them, to copy them.
export { embeddedUrl, ensureDatabase } from './ensure-database.ts'
export { ensureRunning } from './ensure-running.ts'
export { initialise } from './initialise.ts'
export { type Place, preparePlace } from './place.ts'
export { findPostmaster } from './postmaster.ts'
