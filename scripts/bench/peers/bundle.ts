import { spawnSync } from 'node:child_process'

/** A page's bundle of a package, as small as its documentation tells to make it. */
export function bundle(home: string, source: string): string {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      `${home}node_modules/esbuild/bin/esbuild`,
      '--bundle',
      '--minify',
      '--format=iife',
      '--target=es2021',
      '--legal-comments=none',
      '--define:__SENTRY_DEBUG__=false',
      '--define:__SENTRY_TRACING__=false',
      '--define:process.env.NODE_ENV="production"',
    ],
    { cwd: home, input: source, encoding: 'utf8', maxBuffer: 1 << 26 },
  )
  if (status !== 0) throw new Error(stderr)
  return stdout
}
