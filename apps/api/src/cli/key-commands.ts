import { audited, createSecretKey, listKeys, revokeKey, type Scope } from '@heed/db'
import { type Command, Option } from 'commander'
import { chooseProject } from './choose-project.ts'
import { type OutputOptions, say, type Terminal } from './terminal.ts'
import { withDatabase } from './with-database.ts'

const scopes: Scope[] = ['read', 'write', 'admin']

interface ProjectOption extends OutputOptions {
  project?: string
}

/** `key create`, `key list` and `key revoke`. */
export function keyCommands(program: Command, terminal: Terminal): void {
  const key = program.command('key').description('secret keys: for your servers, never for pages')
  const projectOption = () =>
    new Option('--project <project>', 'id or name; may be left out when there is one')

  key
    .command('create')
    .description('create a secret key; it is shown this once')
    .addOption(projectOption())
    .requiredOption('--name <name>', 'what it is for')
    .addOption(
      new Option('--scope <scope...>', 'write includes read, admin includes write')
        .choices(scopes)
        .default(['read']),
    )
    .option('--json', 'print { "projectId", "keyId", "name", "scopes", "secretKey" }')
    .action((options: ProjectOption & { name: string; scope: Scope[] }) =>
      withDatabase(terminal, async (db) => {
        const { id: projectId } = await chooseProject(db, options.project)
        const { name, scope } = options
        const { id: keyId, secretKey } = await audited(
          db,
          { projectId, actor: 'cli' },
          (trx) => createSecretKey(trx, projectId, { name, scopes: scope }),
          ({ id }) => ({ action: 'key.created', target: id, details: { name, scopes: scope } }),
        )
        say(terminal, options, { projectId, keyId, name, scopes: scope, secretKey }, [
          `key         ${keyId}   ${scope.join(', ')}`,
          `secret key  ${secretKey}   shown this once`,
        ])
      }),
    )

  key
    .command('list')
    .description('list the keys of a project, without their secrets')
    .addOption(projectOption())
    .option('--json', 'print an array of keys')
    .action((options: ProjectOption) =>
      withDatabase(terminal, async (db) => {
        const { id: projectId } = await chooseProject(db, options.project)
        const keys = await listKeys(db, projectId)
        const lines = keys.map(({ id, name, scopes: may, revokedAt }) => {
          return `${id}  ${may.join(', ')}  ${revokedAt ? `revoked ${revokedAt}` : 'active'}  ${name}`
        })
        say(terminal, options, keys, lines)
      }),
    )

  key
    .command('revoke')
    .description('end a key; running servers notice within seconds')
    .argument('<keyId>', 'see: heed key list')
    .addOption(projectOption())
    .option('--json', 'print { "projectId", "keyId", "revoked" }')
    .action((keyId: string, options: ProjectOption) =>
      withDatabase(terminal, async (db) => {
        const { id: projectId } = await chooseProject(db, options.project)
        const revoked = await audited(
          db,
          { projectId, actor: 'cli' },
          (trx) => revokeKey(trx, projectId, keyId),
          () => ({ action: 'key.revoked', target: keyId }),
        )
        if (!revoked) {
          throw new Error(`${keyId}: the project has no active key of this id; see: heed key list`)
        }
        say(terminal, options, { projectId, keyId, revoked: true }, [`${keyId} is revoked`])
      }),
    )
}
