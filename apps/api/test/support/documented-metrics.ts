import { readFile } from 'node:fs/promises'

export interface DocumentedMetric {
  name: string
  type: string
  labels: string[]
}

/** The tables of docs/metrics.md. */
export async function documentedMetrics(): Promise<DocumentedMetric[]> {
  const page = await readFile(new URL('../../docs/metrics.md', import.meta.url), 'utf8')
  const rows = page.matchAll(/^\| `(\w+)` \| (\w+) \| ([^|]*)\|/gm)
  return Array.from(rows, ([, name = '', type = '', labels = '']) => ({
    name,
    type,
    labels: Array.from(labels.matchAll(/`(\w+)`/g), ([, label = '']) => label),
  }))
}
