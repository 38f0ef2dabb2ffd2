import { Command, CommanderError } from 'commander'
import { ConfigError } from '../config.ts'
import { ProblemError } from '../errors.ts'
import { sentence } from '../explain-shape.ts'
import { backupCommands } from './backup-commands.ts'
import { keyCommands } from './key-commands.ts'
import { personCommands } from './person-commands.ts'
import { projectCommands } from './project-commands.ts'
import { retentionCommands } from './retention-commands.ts'
import { rollupCommands } from './rollup-commands.ts'
import { searchCommands } from './search-commands.ts'
import { serverCommands } from './server-commands.ts'
import { surveyCommands } from './survey-commands.ts'
import type { Terminal } from './terminal.ts'
import { writerCommands } from './writer-commands.ts'

/** 1: it was asked rightly and failed. 2: it was asked wrongly. */
const exitCodes = { ok: 0, failed: 1, usage: 2 }

/** Runs one command line and gives its exit code. Results go to standard output, everything else to standard error. */
export async function run(args: string[], terminal: Terminal): Promise<number> {
  const program = new Command('heed')
    .description('Asks one question at the right moment and never loses the answer.')
    .showHelpAfterError('(heed --help lists every command)')
  // Before the commands are added: they inherit both.
  program.exitOverride().configureOutput({
    writeOut: (text) => terminal.out(text.trimEnd()),
    writeErr: (text) => terminal.err(text.trimEnd()),
  })
  for (const add of [
    serverCommands,
    projectCommands,
    keyCommands,
    surveyCommands,
    personCommands,
    retentionCommands,
    rollupCommands,
    writerCommands,
    searchCommands,
    backupCommands,
  ]) {
    add(program, terminal)
  }
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCodes.ok
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
    for (const line of explain(error)) terminal.err(line)
    return error instanceof ConfigError ? exitCodes.usage : exitCodes.failed
  }
}

function explain(error: unknown): string[] {
  if (error instanceof ProblemError && error.errors && error.errors.length > 0) {
    return [`heed: ${error.code}`, ...error.errors.map((one) => `  ${sentence(one)}`)]
  }
  if (!(error instanceof Error)) return [`heed: ${String(error)}`]
  // Refused connections to several addresses come without a message of their own.
  const message = error instanceof AggregateError ? error.errors.map(String).join(', ') : error.message
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return [`heed: ${message}${cause}`]
}
