import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import type { Survey } from '@heed/contract'
import { findSurvey, listEventNames, listSurveys } from '@heed/db'
import type { Command } from 'commander'
import { sentence } from '../explain-shape.ts'
import { definitionOf } from '../publish/definition-of.ts'
import { eventWarnings } from '../publish/event-warnings.ts'
import { importSurvey } from '../publish/import-survey.ts'
import { chooseProject } from './choose-project.ts'
import { type OutputOptions, say, type Terminal } from './terminal.ts'
import { withDatabase } from './with-database.ts'

const projectHelp = 'id or name; may be left out when there is one'

/** `survey import` and `survey export`. */
export function surveyCommands(program: Command, terminal: Terminal): void {
  const survey = program.command('survey').description('surveys as JSON files')

  survey
    .command('import')
    .description('create surveys, or replace the drafts of those with the same keys')
    .argument(
      '<file>',
      'JSON, a definition or a list of them, or a module that exports it by default; - reads standard input',
    )
    .option('--project <project>', projectHelp)
    .option('--publish', 'and publish them')
    .option('--json', 'print an array of { "id", "key", "status", "version" }')
    .action(async (file: string, options: OutputOptions & { project?: string; publish?: boolean }) => {
      const definitions = await readDefinitions(file)
      await withDatabase(terminal, async (db) => {
        const { id: projectId } = await chooseProject(db, options.project)
        const imported: Survey[] = []
        for (const definition of definitions) {
          imported.push(await importSurvey(db, projectId, definition, { publish: options.publish ?? false }))
        }
        const brief = imported.map(({ id, key, status, version }) => ({ id, key, status, version }))
        const lines = brief.map(({ id, key, status, version }) => {
          return `${id}  ${key}  ${version > 0 ? `${status}, version ${version}` : status}`
        })
        say(terminal, options, brief, lines)
        const heard = (await listEventNames(db, projectId)).map(({ name }) => name)
        // Of a project whose pages have yet to send their first event, every name would look like a mistake.
        for (const one of heard.length > 0 ? imported : []) {
          for (const warning of eventWarnings(one, heard)) {
            terminal.err(`warning: ${one.key}: ${sentence(warning)}`)
          }
        }
      })
    })

  survey
    .command('export')
    .description('print definitions as `survey import` takes them')
    .argument('[survey]', 'id or key; every survey when left out')
    .option('--project <project>', projectHelp)
    .option('--json', 'on one line')
    .action((idOrKey: string | undefined, options: OutputOptions & { project?: string }) =>
      withDatabase(terminal, async (db) => {
        const { id: projectId } = await chooseProject(db, options.project)
        if (idOrKey === undefined) {
          const definitions = (await listSurveys(db, projectId)).map(definitionOf)
          return say(terminal, options, definitions, [JSON.stringify(definitions, null, 2)])
        }
        const found = await findSurvey(db, projectId, idOrKey)
        if (!found) throw new Error(`${idOrKey}: the project has no such survey`)
        const definition = definitionOf(found)
        say(terminal, options, definition, [JSON.stringify(definition, null, 2)])
      }),
    )
}

async function readDefinitions(file: string): Promise<unknown[]> {
  if (/\.[cm]?[jt]s$/.test(file)) {
    const { default: exported } = await import(pathToFileURL(resolve(file)).href)
    if (exported === undefined) throw new Error(`${file}: exports nothing by default`)
    return [exported].flat()
  }
  const content = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8')
  try {
    return [JSON.parse(content)].flat()
  } catch (cause) {
    throw new Error(`${file}: cannot be read as JSON`, { cause })
  }
}
