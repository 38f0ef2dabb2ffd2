import { type Command, InvalidArgumentError } from 'commander'
import { readConfig } from '../config.ts'
import type { JetStreamLink } from '../jetstream/connect-jetstream.ts'
import type { DeadLetter } from '../writer/dead-letters.ts'
import { nextStopSignal } from './next-stop-signal.ts'
import { type OutputOptions, say, type Terminal } from './terminal.ts'

/** `write`, `dead-letters list` and `dead-letters replay`: what JetStream mode adds. */
export function writerCommands(program: Command, terminal: Terminal): void {
  program
    .command('write')
    .description('store what the stream of HEED_INGEST=jetstream holds, until SIGTERM or Ctrl+C')
    .option('--json', 'print { "url" } once it runs')
    .action(async (options: OutputOptions) => {
      const stopped = nextStopSignal()
      const { startWriter } = await import('../writer/start-writer.ts')
      const writer = await startWriter(readConfig(terminal.env))
      say(terminal, options, { url: writer.url }, [
        `Heed writes what the stream holds (${writer.url}/readyz, ${writer.url}/metrics)`,
      ])
      await stopped
      await writer.close()
    })

  const deadLetters = program
    .command('dead-letters')
    .description('what the database refused although it was acknowledged; kept for 30 days')

  deadLetters
    .command('list')
    .description('the oldest first, without answers')
    .option('--json', 'print one dead letter a line')
    .action((options: OutputOptions) =>
      withLink(terminal, async (link) => {
        const { listDeadLetters } = await import('../writer/dead-letters.ts')
        let count = 0
        for await (const letter of listDeadLetters(link)) {
          count += 1
          terminal.out(options.json ? JSON.stringify(letter) : lineOf(letter))
        }
        if (count === 0 && !options.json) terminal.out('no dead letters')
      }),
    )

  deadLetters
    .command('replay')
    .description('send them through the stream again; what is still refused becomes a dead letter again')
    .argument(
      '[seq...]',
      'their numbers; see: heed dead-letters list',
      (value: string, all: number[] = []) => {
        if (!/^[1-9]\d*$/.test(value))
          throw new InvalidArgumentError('expected a number of heed dead-letters list')
        return [...all, Number(value)]
      },
    )
    .option('--all', 'every one')
    .option('--json', 'print { "replayed" }')
    .action((seqs: number[], options: OutputOptions & { all?: boolean }) => {
      if (seqs.length === 0 && !options.all) throw new Error('name the dead letters to replay, or say --all')
      return withLink(terminal, async (link) => {
        const { replayDeadLetters } = await import('../writer/dead-letters.ts')
        const replayed = await replayDeadLetters(link, options.all ? undefined : new Set(seqs))
        say(terminal, options, { replayed }, [`${replayed} on their way again`])
      })
    })
}

async function withLink(terminal: Terminal, work: (link: JetStreamLink) => Promise<void>): Promise<void> {
  const { connectJetStream } = await import('../jetstream/connect-jetstream.ts')
  const link = await connectJetStream(readConfig(terminal.env).nats, 'heed cli')
  try {
    await work(link)
  } finally {
    await link.close()
  }
}

function lineOf({ seq, at, code, place, rows }: DeadLetter): string {
  const names = rows.map(({ projectId, kind, id }) => `${projectId} ${kind} ${id}`)
  return [seq, at, code, place ?? '-', names.join(', ') || 'unreadable'].join('  ')
}
