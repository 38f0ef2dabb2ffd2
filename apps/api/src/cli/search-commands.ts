import { listProjects, rebuildComments } from '@heed/db'
import type { Command } from 'commander'
import { chooseProject } from './choose-project.ts'
import { type OutputOptions, say, type Terminal } from './terminal.ts'
import { withDatabase } from './with-database.ts'

/** `search rebuild`. */
export function searchCommands(program: Command, terminal: Terminal): void {
  const search = program.command('search').description('the words under which comments are found')

  search
    .command('rebuild')
    .description('make the words of every stored response again; those of before there was a search too')
    .option('--project <project>', 'id or name; every project when left out')
    .option('--json', 'print { "projects", "comments" }')
    .action((options: OutputOptions & { project?: string }) =>
      withDatabase(terminal, async (db) => {
        const chosen =
          options.project === undefined ? await listProjects(db) : [await chooseProject(db, options.project)]
        let comments = 0
        for (const { id } of chosen) comments += await rebuildComments(db, id)
        const projects = chosen.length
        say(terminal, options, { projects, comments }, [
          `${comments} comments in ${projects} ${projects === 1 ? 'project' : 'projects'}`,
        ])
      }),
    )
}
