import { run } from './cli/run.ts'

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
})
// Everything has ended, or was given up. Whatever still holds the process, such as a socket into a dead network, has
// nothing to say any more.
setTimeout(() => process.exit(), 2_000).unref()
