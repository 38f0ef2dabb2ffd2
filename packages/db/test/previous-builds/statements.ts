import pg from 'pg'

/** One statement as a build sent it, and what came back. */
export interface Statement {
  text: string
  /** As PostgreSQL reads them from text, or `{ bytes }` in base64. */
  values: unknown[]
  /** Column names of the reply. */
  columns: string[]
  /** Where the reply is the same each time it is replayed. Times are left out. */
  rows?: Record<string, unknown>[]
}

export interface Replies {
  columns: string[]
  rows: Record<string, unknown>[]
}

type Sent = Pick<Statement, 'text' | 'values'>

/** Notes every statement that `work` sends on any connection of this process. */
export async function captureStatements(work: () => Promise<void>): Promise<Sent[]> {
  const sent: Sent[] = []
  const query = pg.Client.prototype.query
  const noting = function (this: pg.Client, ...given: unknown[]) {
    const [config, values] = given as [string | pg.QueryConfig, unknown[]?]
    const { text, values: own } = typeof config === 'string' ? { text: config, values } : config
    sent.push({ text, values: (own ?? values ?? []).map(asText) })
    return Reflect.apply(query, this, given)
  }
  pg.Client.prototype.query = noting as unknown as typeof query
  try {
    await work()
  } finally {
    pg.Client.prototype.query = query
  }
  return sent
}

/** Sends them one after the other on one connection and returns the replies. */
export async function replayStatements(url: string, statements: readonly Sent[]): Promise<Replies[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'heed of before' })
  await client.connect()
  try {
    const replies: Replies[] = []
    for (const { text, values } of statements) {
      const reply = await client
        .query<Record<string, unknown>>(text, values.map(asSent))
        .catch((error: unknown) => {
          throw new Error(`a build of before sends: ${text}`, { cause: error })
        })
      const columns = (reply.fields ?? []).map(({ name }) => name)
      replies.push({ columns, rows: JSON.parse(JSON.stringify(reply.rows)).map(withoutTimes) })
    }
    return replies
  } finally {
    await client.end()
  }
}

/** A file cannot hold bytes, dates or arrays of PostgreSQL. */
function asText(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return { bytes: value.toString('base64') }
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return `{${value.map((one) => JSON.stringify(asText(one))).join(',')}}`
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : value
}

function asSent(value: unknown): unknown {
  const isBytes = typeof value === 'object' && value !== null && 'bytes' in value
  return isBytes ? Buffer.from(String(value.bytes), 'base64') : value
}

const isTime = (value: unknown) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)

function withoutTimes(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => !isTime(value)))
}
