/** A migration that could not be run. The message names it and, where others hold a lock, which and what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}
