import { applyRetention, type RetentionResult, sweepErased } from '@heed/db'
import type { Command } from 'commander'
import { chooseProject } from './choose-project.ts'
import { type OutputOptions, say, type Terminal } from './terminal.ts'
import { withDatabase } from './with-database.ts'

/** `retention`. */
export function retentionCommands(program: Command, terminal: Terminal): void {
  program
    .command('retention')
    .description(
      'delete what projects do not keep any more (retentionDays of their settings), as running servers do by themselves',
    )
    .option('--dry-run', 'say what would go, and delete nothing')
    .option('--project <project>', 'id or name; every project when left out')
    .option('--json', 'print an array of { "projectId", "name", "before", and rows by table }')
    .action((options: OutputOptions & { dryRun?: boolean; project?: string }) =>
      withDatabase(terminal, async (db) => {
        const { dryRun = false } = options
        const projectId =
          options.project === undefined ? undefined : (await chooseProject(db, options.project)).id
        if (!dryRun) await sweepErased(db)
        const results = await applyRetention(db, {
          actor: 'cli',
          dryRun,
          ...(projectId !== undefined && { projectId }),
        })
        const lines = results.flatMap((result) => inWords(result, dryRun))
        say(terminal, options, results, lines.length > 0 ? lines : ['everything is kept for ever'])
      }),
    )
}

const tables: [keyof RetentionResult, one: string, several: string][] = [
  ['responses', 'response', 'responses'],
  ['comments', 'comment in the search', 'comments in the search'],
  ['screenshots', 'picture', 'pictures'],
  ['displays', 'display', 'displays'],
  ['losses', 'report of a loss', 'reports of losses'],
  ['rejects', 'refused item', 'refused items'],
  ['usage', 'day of usage', 'days of usage'],
]

function inWords(result: RetentionResult, dryRun: boolean): string[] {
  const { name, projectId, before } = result
  const of = `${name} (${projectId})`
  const rows = tables.flatMap(([table, one, several]) => {
    const count = Number(result[table])
    return count > 0 ? [`  ${count} ${count === 1 ? one : several}`] : []
  })
  if (rows.length === 0) return [`${of}: nothing is from before ${before}`]
  return [`${of}: ${dryRun ? 'would delete' : 'deleted'} what came in before ${before}`, ...rows]
}
