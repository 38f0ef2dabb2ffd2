import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { startServer } from '../server.ts'
import { nextStopSignal } from './next-stop-signal.ts'
import { type OutputOptions, say, type Terminal } from './terminal.ts'
import { withDatabase } from './with-database.ts'

/** `serve` and `migrate`. */
export function serverCommands(program: Command, terminal: Terminal): void {
  program
    .command('serve')
    .description(
      'run the API, on the embedded PostgreSQL unless DATABASE_URL is set, until SIGTERM or Ctrl+C',
    )
    .option('--json', 'print { "url" } once it listens')
    .action(async (options: OutputOptions) => {
      const stopped = nextStopSignal()
      const server = await startServer(readConfig(terminal.env))
      say(terminal, options, { url: server.url }, [
        `Heed listens on ${server.url} (docs: ${server.url}/docs)`,
      ])
      await stopped
      await server.close()
    })

  program
    .command('migrate')
    .description('bring the database up to date and stop')
    .option('--json', 'print { "migrated": [...] }')
    .action((options: OutputOptions) =>
      withDatabase(terminal, async (_db, migrated) => {
        const lines = migrated.length > 0 ? migrated.map((name) => `ran ${name}`) : ['already up to date']
        say(terminal, options, { migrated }, lines)
      }),
    )
}
