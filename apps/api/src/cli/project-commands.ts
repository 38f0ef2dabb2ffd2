import { createProject, listProjects } from '@heed/db'
import type { Command } from 'commander'
import { originPatternError } from '../publish/origin-pattern-error.ts'
import { type OutputOptions, say, type Terminal } from './terminal.ts'
import { withDatabase } from './with-database.ts'

/** `project create` and `project list`. */
export function projectCommands(program: Command, terminal: Terminal): void {
  const project = program.command('project').description('projects: one for each site')

  project
    .command('create')
    .description('create a project; its secret key is shown this once')
    .argument('<name>')
    .option(
      '--origin <pattern...>',
      'pages that may send, such as https://*.shop.example; every page by default',
    )
    .option('--json', 'print { "projectId", "publicKey", "secretKey" }')
    .action(async (name: string, options: OutputOptions & { origin?: string[] }) => {
      const origins = options.origin ?? []
      for (const origin of origins) {
        const wrong = originPatternError(origin)
        if (wrong) throw new Error(`--origin ${origin}: ${wrong}`)
      }
      await withDatabase(terminal, async (db) => {
        const { project: created, secretKey } = await createProject(db, { name, settings: { origins } })
        const { id: projectId, publicKey } = created
        say(terminal, options, { projectId, publicKey, secretKey }, [
          `project     ${projectId}`,
          `public key  ${publicKey}   stands in the page`,
          `secret key  ${secretKey}   for your servers; shown this once`,
        ])
      })
    })

  project
    .command('list')
    .description('list every project')
    .option('--json', 'print an array of projects')
    .action((options: OutputOptions) =>
      withDatabase(terminal, async (db) => {
        const projects = await listProjects(db)
        const lines = projects.map(
          ({ id, publicKey, status, name }) => `${id}  ${publicKey}  ${status}  ${name}`,
        )
        say(terminal, options, projects, lines.length > 0 ? lines : ['no project yet'])
      }),
    )
}
