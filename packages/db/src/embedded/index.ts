export { EmbeddedPostgresError } from './embedded-postgres-error.ts'
export { type EmbeddedPostgres, startEmbedded } from './start-embedded.ts'
