import {
  copyPerson,
  countPerson,
  type ErasureCounts,
  erasePerson,
  type Person,
  personReference,
  writeAudit,
} from '@heed/db'
import { type Command, Option } from 'commander'
import { personCopyJson } from '../content/person-copy.ts'
import { chooseProject } from './choose-project.ts'
import { type OutputOptions, say, type Terminal } from './terminal.ts'
import { withDatabase } from './with-database.ts'

interface ProjectOption extends OutputOptions {
  project?: string
}

/** `visitor erase`, `visitor copy`, `subject erase` and `subject copy`. */
export function personCommands(program: Command, terminal: Terminal): void {
  const kinds = { visitor: 'a browser that answered', subject: 'somebody whom the shop identified' } as const
  for (const kind of ['visitor', 'subject'] as const) {
    const command = program.command(kind).description(kinds[kind])
    const projectOption = () =>
      new Option('--project <project>', 'id or name; may be left out when there is one')

    command
      .command('erase')
      .description(`delete everything that is kept of a ${kind}, for good; harmless to repeat`)
      .argument('<id>', `the ${kind}'s id`)
      .addOption(projectOption())
      .option('--dry-run', 'count, and delete nothing')
      .option('--json', 'print { "dryRun", "reference", and rows by kind }')
      .action((id: string, options: ProjectOption & { dryRun?: boolean }) =>
        withDatabase(terminal, async (db) => {
          const { id: projectId } = await chooseProject(db, options.project)
          const person: Person = { kind, id }
          const reference = await personReference(db, projectId, person)
          const { dryRun = false } = options
          const counts = dryRun
            ? await countPerson(db, projectId, person)
            : await erasePerson(db, { projectId, actor: 'cli' }, { ...person, reference })
          const done = dryRun ? 'would erase' : 'erased'
          say(terminal, options, { dryRun, reference, ...counts }, [
            `${done} ${inWords(counts)}; the audit log says ${reference}`,
          ])
        }),
      )

    command
      .command('copy')
      .description(`print everything that is kept of a ${kind}, as JSON`)
      .argument('<id>', `the ${kind}'s id`)
      .addOption(projectOption())
      .action((id: string, options: ProjectOption) =>
        withDatabase(terminal, async (db) => {
          const { id: projectId } = await chooseProject(db, options.project)
          const person: Person = { kind, id }
          const target = await personReference(db, projectId, person)
          await writeAudit(db, { projectId, actor: 'cli' }, { action: `${kind}.copied`, target })
          const parts = copyPerson(db, projectId, person)
          // Between two parts a line may end: JSON does not mind.
          for await (const text of personCopyJson(person, parts)) terminal.out(text.trimEnd())
        }),
      )
  }
}

function inWords({ responses, displays, screenshots, rejects }: ErasureCounts): string {
  const count = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`
  const parts = [count(responses, 'response'), count(displays, 'display'), count(screenshots, 'picture')]
  return `${parts.join(', ')} and ${count(rejects, 'refused item')}`
}
