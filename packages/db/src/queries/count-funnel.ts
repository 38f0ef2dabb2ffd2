import { type Condition, type DisplayState, displayStates } from '@heed/contract'
import { type Kysely, sql } from 'kysely'
import { groupReached, resolveReached } from '../conditions/dimensions.ts'
import { translate } from '../conditions/translate.ts'
import { yes } from '../conditions/value.ts'
import type { Database } from '../database.ts'
import { displayStateBits, stateBit } from './display-state-bits.ts'
import { type Period, within } from './period.ts'

export interface FunnelQuery extends Period {
  surveyId: string
  /** Also one group a value of: device, country, locale, version, page, event. */
  by?: string
  /** Over the same dimensions. */
  where?: Condition
  /** Also those that are suspicious. @default false */
  withSuspicious?: boolean
}

/** Displays that reached each state. */
export type StateCounts = Record<Exclude<DisplayState, 'eligible'>, number>

export interface FunnelResult {
  counts: StateCounts
  /** The largest 100, largest first. */
  groups?: { value: string | null; counts: StateCounts }[]
}

const counted = displayStates.filter((state) => state !== 'eligible')
const maxGroups = 100

/** A record lives at most 7 days on a device, so a display and its response arrive no further apart than this. */
const marginDays = 8

/**
 * How far displays got. A response proves that its survey was shown, seen, started and answered even where the display
 * records were lost. Each display counts once, in the period of the first that arrived of it, so adjacent periods add
 * up; those with an excluded response, suspicious ones and test displays are left out. What is said of the response holds
 * for its display. One that was superseded later was a display all the same.
 * Throws UnknownDimensionError and InvalidConditionError.
 */
export async function countFunnel(
  db: Kysely<Database>,
  projectId: string,
  query: FunnelQuery,
): Promise<FunnelResult> {
  const group = query.by ? groupReached(query.by) : sql<null>`null`
  const where = query.where ? translate(query.where, resolveReached) : yes
  const near = sql`project_id = ${projectId} and survey_id = ${query.surveyId}
    and ${within(sql.ref('received_at'), widen(query))}`
  const answered = sql.lit(displayStateBits('answered'))
  const completed = sql.lit(displayStateBits('completed'))
  const reached = sql`
    select least(d.received_at, r.received_at) as at, coalesce(d.survey_version, r.survey_version) as survey_version,
      coalesce(d.device, r.device) as device, coalesce(d.country, r.country) as country,
      coalesce(d.locale, r.locale) as locale, coalesce(d.page, r.page) as page, coalesce(d.event, r.event) as event,
      coalesce(d.states, 0)
        | case when r.id is null then 0 when r.completed then ${completed} else ${answered} end as states
    from (select * from displays where ${near}) d full join (select * from responses where ${near}) r using (id)
    where not coalesce(d.test, false) and not coalesce(r.test, false) and not coalesce(r.excluded, false)
      and ${query.withSuspicious ? yes : sql`not coalesce(r.suspicious, d.suspicious, false)`}`
  const counts = sql.join(
    counted.map((state) => {
      return sql`count(*) filter (where states & ${sql.lit(stateBit(state))} <> 0)::int as ${sql.ref(state)}`
    }),
  )
  const { rows } = await sql<{ group: string | null } & StateCounts>`
    select ${group} as "group", ${counts} from (${reached}) reached
    where ${within(sql.ref('at'), query)} and ${where} group by 1 order by count(*) desc
  `.execute(db)

  const total = countsOf((state) => rows.reduce((sum, row) => sum + row[state], 0))
  if (!query.by) return { counts: total }
  const groups = rows.map((row) => ({ value: row.group, counts: countsOf((state) => row[state]) }))
  return { counts: total, groups: groups.slice(0, maxGroups) }
}

function widen({ from, to }: Period): Period {
  const moved = (date: Date | null, days: number) => date && new Date(date.getTime() + days * 86_400_000)
  return { from: moved(from, -marginDays), to: moved(to, marginDays) }
}

function countsOf(count: (state: keyof StateCounts) => number): StateCounts {
  return Object.fromEntries(counted.map((state) => [state, count(state)])) as StateCounts
}
