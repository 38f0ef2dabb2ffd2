import type { AuditRecord } from '@heed/contract'

/**
 * What the audit log says of a change: the name of every member, and the value of those that are a number, true or
 * false, or nothing, or that are `told` by name. A note or a tag may be about a person, so texts are left out.
 */
export function changeDetails(
  patch: object,
  { prefix = '', told = [] }: { prefix?: string; told?: readonly string[] } = {},
): AuditRecord['details'] & { changed: string[] } {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined)
  const values = given.filter(
    ([name, value]) => value === null || ['number', 'boolean'].includes(typeof value) || told.includes(name),
  )
  return {
    changed: given.map(([name]) => prefix + name),
    ...Object.fromEntries(values.map(([name, value]) => [prefix + name, value])),
  }
}
