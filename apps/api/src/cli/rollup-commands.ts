import { rebuildRollups } from '@heed/db'
import type { Command } from 'commander'
import { chooseProject } from './choose-project.ts'
import { type OutputOptions, say, type Terminal } from './terminal.ts'
import { withDatabase } from './with-database.ts'

/** `rollups rebuild`. */
export function rollupCommands(program: Command, terminal: Terminal): void {
  const rollups = program.command('rollups').description('what reports have counted beforehand')

  rollups
    .command('rebuild')
    .description('count every closed hour again from the responses; reports stay right meanwhile')
    .option('--project <project>', 'id or name; every project when left out')
    .option('--json', 'print { "surveys" }')
    .action((options: OutputOptions & { project?: string }) =>
      withDatabase(terminal, async (db) => {
        const wanted =
          options.project === undefined ? undefined : (await chooseProject(db, options.project)).id
        const surveys = await rebuildRollups(db, wanted)
        say(terminal, options, { surveys }, [
          `counted ${surveys} ${surveys === 1 ? 'survey' : 'surveys'} again`,
        ])
      }),
    )
}
