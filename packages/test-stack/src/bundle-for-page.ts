import { build } from 'esbuild'

const bundles = new Map<string, Promise<string>>()

/** A script of a file and all it imports, to be put into a page. `path` is absolute. Made once in a process. */
export function bundleForPage(path: string): Promise<string> {
  const known = bundles.get(path)
  if (known) return known
  const made = build({
    entryPoints: [path],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
  }).then(({ outputFiles: [file] }) => {
    if (!file) throw new Error(`${path}: esbuild wrote nothing`)
    return file.text
  })
  bundles.set(path, made)
  return made
}
