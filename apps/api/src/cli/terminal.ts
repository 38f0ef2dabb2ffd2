/** What a command reads and writes, so that it can be run inside a test. */
export interface Terminal {
  env: Readonly<Record<string, string | undefined>>
  out(line: string): void
  err(line: string): void
}

/** Every command takes it: one line of JSON on standard output, nothing else. */
export interface OutputOptions {
  json?: boolean
}

/** One line of JSON for programs, or the lines for people. */
export function say(terminal: Terminal, { json }: OutputOptions, value: unknown, lines: string[]): void {
  if (json) terminal.out(JSON.stringify(value))
  else for (const line of lines) terminal.out(line)
}
