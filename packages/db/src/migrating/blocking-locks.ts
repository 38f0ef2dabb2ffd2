import { type Kysely, sql } from 'kysely'

interface Blocker {
  lock: string
  pid: number
  application: string | null
  state: string | null
  seconds: number | null
}

/** What the server process `pid` waits for and who holds it, for people; `undefined` when it waits for nothing. */
export async function describeBlockingLocks(db: Kysely<unknown>, pid: number): Promise<string | undefined> {
  const { rows } = await sql<Blocker>`
    select coalesce(l.mode || ' on ' || l.relation::regclass::text, 'the end of another transaction') as lock,
      blocker.pid, a.application_name as application, a.state,
      extract(epoch from clock_timestamp() - a.xact_start)::int as seconds
    from pg_locks l
      cross join lateral unnest(pg_blocking_pids(l.pid)) as blocker (pid)
      left join pg_stat_activity a on a.pid = blocker.pid
    where l.pid = ${pid} and not l.granted
    order by a.xact_start limit 3`.execute(db)
  const [first] = rows
  if (!first) return undefined
  return `${first.lock}, held by ${rows.map(describe).join(', ')}`
}

/** The server shows other users' sessions by number only. */
function describe({ pid, application, state, seconds }: Blocker): string {
  const known = [
    application && `"${application}"`,
    state,
    seconds === null ? '' : `its transaction began ${seconds} s ago`,
  ]
  return `process ${pid} (${known.filter(Boolean).join(', ')})`
}
