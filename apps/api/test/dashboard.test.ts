import { readFile } from 'node:fs/promises'
import { parser } from '@prometheus-io/lezer-promql'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { documentedMetrics } from './support/documented-metrics.ts'

const read = (path: string) => readFile(new URL(`../deploy/${path}`, import.meta.url), 'utf8')

interface Panel {
  title: string
  type: string
  targets?: { expr: string }[]
}
interface Rule {
  alert: string
  expr: string
  annotations: { summary: string; description: string }
}

const dashboard: { panels: Panel[]; templating: { list: { query: unknown }[] } } = JSON.parse(
  await read('grafana/heed.json'),
)
const alerts: { groups: { rules: Rule[] }[] } = parse(await read('prometheus/alerts.yml'))
const rules = alerts.groups.flatMap((group) => group.rules)
const panels = dashboard.panels.filter(({ type }) => type !== 'row')
const metrics = await documentedMetrics()

/** Names that Prometheus makes of a metric, with the labels it has. */
const known = new Map(
  metrics.flatMap(({ name, type, labels }) =>
    type === 'histogram'
      ? [
          [`${name}_bucket`, [...labels, 'le']],
          [`${name}_sum`, labels],
          [`${name}_count`, labels],
        ]
      : [[name, labels]],
  ) as [string, string[]][],
)
/** What Prometheus adds to everything it scrapes. */
const added = ['instance', 'job']
const anyLabel = new Set([...added, ...[...known.values()].flat()])

/** What is wrong with an expression; variables of Grafana are durations or values to it. */
function mistakes(expression: string): string[] {
  const text = expression.replace(/\$__(rate_interval|range)/g, '5m').replaceAll('$instance', '.*')
  const found: string[] = []
  let metric = ''
  parser.parse(text).iterate({
    enter({ type, from, to }) {
      const part = text.slice(from, to)
      if (type.isError) found.push(`not PromQL at ${from}: ${text.slice(from)}`)
      if (type.name === 'VectorSelector') metric = part.split('{', 1)[0] ?? ''
      if (type.name === 'VectorSelector' && !known.has(metric)) found.push(`no metric ${metric}`)
      if (type.name === 'LabelName' && !anyLabel.has(part)) found.push(`no label ${part}`)
      if (type.name === 'LabelMatchers') {
        for (const [, label = ''] of part.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)) {
          if (!added.includes(label) && !known.get(metric)?.includes(label)) {
            found.push(`${metric} has no label ${label}`)
          }
        }
      }
    },
  })
  return found
}

describe('mistakes that the tests below would find', () => {
  test.each([
    ['sum(rate(heed_nothing_total[5m]))', 'no metric heed_nothing_total'],
    ['heed_losses_reported_total{code="quota"}', 'heed_losses_reported_total has no label code'],
    ['sum(rate(heed_losses_reported_total[5m])', 'not PromQL'],
    ['sum by (colour) (heed_ingest_queue_rows)', 'no label colour'],
  ])('%s', (expression, mistake) => {
    expect(mistakes(expression).join()).toContain(mistake)
  })
})

test.each(panels)('the panel "$title" asks for metrics that exist', ({ targets = [] }) => {
  expect(targets.length).toBeGreaterThan(0)
  for (const { expr } of targets) expect(mistakes(expr), expr).toEqual([])
})

test.each(rules)('the alert $alert asks for metrics that exist and says what it means', (rule) => {
  expect(mistakes(rule.expr)).toEqual([])
  expect(rule.annotations.summary).toBeTruthy()
  expect(rule.annotations.description).toBeTruthy()
})

test('every metric of the product is on the dashboard', () => {
  const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)).join(' ')
  const missing = metrics.filter(({ name }) => !expressions.includes(name)).map(({ name }) => name)
  expect(missing).toEqual([])
})

test('the process is chosen by a metric that exists', () => {
  const query = JSON.stringify(dashboard.templating.list.map((one) => one.query))
  expect(query).toContain('label_values(process_resident_memory_bytes, instance)')
})

test('operators are told what to do about each alert', async () => {
  const page = await readFile(new URL('../docs/operating.md', import.meta.url), 'utf8')
  for (const { alert } of rules) expect(page).toContain(`\`${alert}\``)
})
