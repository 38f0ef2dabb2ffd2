import { type BackupManifest, type BackupProgress, backUp, readArchive, restoreBackup } from '@heed/db'
import type { Command } from 'commander'
import { type OutputOptions, say, type Terminal } from './terminal.ts'
import { withDatabaseAsItIs } from './with-database.ts'

/** Of one table, in milliseconds. */
const sayEvery = 5_000

/** `backup` and `restore`. */
export function backupCommands(program: Command, terminal: Terminal): void {
  program
    .command('backup')
    .description('write everything that the database holds into one file; answers are taken meanwhile')
    .argument('<file>', 'a new one, such as heed.tar.gz; it holds answers and the hashes of keys')
    .option('--json', 'print { "takenAt", "rows" }')
    .action((file: string, options: OutputOptions) =>
      withDatabaseAsItIs(terminal, async (db) => {
        const manifest = await backUp(db, file, { onProgress: reporter(terminal) })
        report(terminal, options, manifest, `${file} has`)
      }),
    )

  program
    .command('restore')
    .description('fill a new, empty database with a backup, read it back, and bring it up to date')
    .argument('<file>', 'written by heed backup, of this version or an older one')
    .option('--check', 'only read the file and say whether it is whole')
    .option('--json', 'print { "takenAt", "rows" }')
    .action(async (file: string, options: OutputOptions & { check?: boolean }) => {
      const onProgress = reporter(terminal)
      if (options.check) {
        const manifest = await readArchive(file, {
          onPart: async ({ name }, _part, rows) => onProgress({ step: 'check', table: name, rows }),
        })
        report(terminal, options, manifest, `${file} is whole and has`)
        return
      }
      await withDatabaseAsItIs(terminal, async (db) => {
        const onWait = (reason: string) => terminal.err(`waiting: ${reason}`)
        const manifest = await restoreBackup(db, file, { onProgress, onWait })
        report(terminal, options, manifest, 'restored')
      })
    })
}

function report(terminal: Terminal, options: OutputOptions, manifest: BackupManifest, what: string): void {
  const { takenAt, sums } = manifest
  const rows = Object.fromEntries(sums.map((sum) => [sum.name, sum.rows]))
  const total = sums.reduce((all, sum) => all + sum.rows, 0)
  say(terminal, options, { takenAt, rows }, [
    `${what} ${total} rows of ${sums.length} tables, as of ${takenAt}`,
  ])
}

const words = { write: 'written', check: 'checked', restore: 'restored', verify: 'read back' }

/** The first part of each table, and every few seconds after that. */
function reporter(terminal: Terminal): (progress: BackupProgress) => void {
  let current = ''
  let saidAt = 0
  return ({ step, table, rows }) => {
    const now = performance.now()
    if (current === `${step} ${table}` && now - saidAt < sayEvery) return
    current = `${step} ${table}`
    saidAt = now
    terminal.err(`${table}: ${rows} rows ${words[step]}`)
  }
}
