import { type RawBuilder, sql } from 'kysely'

/** Somebody who answered: a browser, or somebody whom the shop knows. */
export interface Person {
  kind: 'visitor' | 'subject'
  /** As the pages sent it. */
  id: string
}

/** With what stands for them in the audit log (`personReference`). */
export interface NamedPerson extends Person {
  reference: string
}

/** Of a row of `responses` or `rejects`. */
export const isOf = (projectId: string, { kind, id }: Person): RawBuilder<boolean> =>
  sql`project_id = ${projectId} and ${sql.ref(kind)} = ${id}`

/**
 * Ids that refused items of this person carry, as a query. A display may have come under them. Anybody can write any id
 * into an item that is refused, so those of a stored response are left out: what is of others stays theirs.
 */
const refusedIds = (projectId: string, person: Person): RawBuilder<unknown> => sql`
  select r.id from (
    select case when response_id ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then response_id::uuid end as id
    from rejects where ${isOf(projectId, person)}
  ) r
  where r.id is not null
    and not exists (select from responses s where s.project_id = ${projectId} and s.id = r.id)`

const answeredIds = (projectId: string, person: Person): RawBuilder<unknown> =>
  sql`select id from responses where ${isOf(projectId, person)}`

/** Ids under which this person's displays and pictures stand, as queries. */
export const idsOf = { answered: answeredIds, refused: refusedIds }

/** Of a row of `rejects`: it names the person, or a response of theirs. */
export const isRefusedOf = (projectId: string, person: Person): RawBuilder<boolean> =>
  sql`project_id = ${projectId} and (${sql.ref(person.kind)} = ${person.id}
    or response_id in (select id::text from responses where ${isOf(projectId, person)}))`
