import { Agent } from 'node:http'
import { createProject, createSecretKey, type Database, revokeKey } from '@heed/db'
import fc from 'fast-check'
import type { Kysely } from 'kysely'
import { replyChecker } from './check-reply.ts'
import { KnownValues } from './known-values.ts'
import { describeApi } from './openapi.ts'
import { type KeyHolder, type Plan, requestsOf, toWire, type WireRequest } from './requests.ts'
import { type Reply, send } from './send.ts'
import { tend } from './tend.ts'

export interface FuzzOptions {
  url: string
  /** Of the API at `url`. */
  db: Kysely<Database>
  /** Requests to each operation. */
  requests: number
  /** The same seed sends the same requests. */
  seed: number
  /** A part of the widget that the server has, `heed/<version>/<folder>/<part>.js`. */
  widgetPart: string
  /** Called after every round, which may wait for it. */
  onRound?(): Promise<void>
}

export interface Finding {
  operationId: string
  trick: string
  /** What is wrong with the reply. */
  why: string
  request: string
}

export interface FuzzReport {
  sent: number
  /** Replies by status, by operation. */
  statuses: Record<string, Record<string, number>>
  findings: Finding[]
}

/** Requests to each operation for one project: fewer things are created in it than would make its lists slow. */
const perRound = 20
const tendEvery = 150
const lanes = 4

/**
 * Sends valid and invalid requests, made from the API's own description, to every operation it has, and checks every
 * reply against that description. Ids that replies give are used in later requests.
 */
export async function runFuzz({
  url,
  db,
  requests,
  seed,
  widgetPart,
  onRound,
}: FuzzOptions): Promise<FuzzReport> {
  const description = await describeApi(url)
  const check = replyChecker(description)
  const arbitraries = description.operations.map(requestsOf)
  const agent = new Agent({ keepAlive: true, maxSockets: lanes * 2 })
  const report: FuzzReport = { sent: 0, statuses: {}, findings: [] }

  for (let round = 0; round * perRound < requests; round += 1) {
    const known = new KnownValues()
    const secretKeys = await newProject(db, known)
    const [, version = '', ...rest] = widgetPart.split('/')
    known.add('version', version)
    known.add('*', rest.join('/'))
    const numRuns = Math.min(perRound, requests - round * perRound)
    const roundSeed = (seed + round * 0x9e3779b1) | 0
    const plans = shuffled(
      arbitraries.flatMap((one, index) => fc.sample(one, { numRuns, seed: roundSeed + index })),
      roundSeed,
    )
    for (let begin = 0; begin < plans.length; begin += tendEvery) {
      await tend(url, known, secretKeys.own)
      const waiting = plans.slice(begin, begin + tendEvery).values()
      const lane = async () => {
        for (const plan of waiting) await sendOne(plan, known, secretKeys)
      }
      await Promise.all(Array.from({ length: lanes }, lane))
    }
    await onRound?.()
  }
  agent.destroy()
  return report

  async function sendOne(plan: Plan, known: KnownValues, secretKeys: SecretKeys): Promise<void> {
    const request = toWire(plan, secretKeys, (one) => known.resolve(one))
    report.sent += 1
    let status = 'none'
    let why: string | undefined
    try {
      const reply = await send(url, agent, request)
      status = String(reply.status)
      why = check(plan, reply)
      remember(plan, reply, known)
    } catch (error) {
      why = `no reply: ${String(error)}`
    }
    const { operationId } = plan.operation
    const statuses = report.statuses[operationId] ?? {}
    report.statuses[operationId] = statuses
    statuses[status] = (statuses[status] ?? 0) + 1
    if (why !== undefined)
      report.findings.push({ operationId, trick: plan.trick, why, request: describe(request) })
  }
}

type SecretKeys = Partial<Record<KeyHolder, string>> & { own: string }

async function newProject(db: Kysely<Database>, known: KnownValues): Promise<SecretKeys> {
  const [own, other] = await Promise.all([
    createProject(db, { name: 'Fuzz' }),
    createProject(db, { name: 'Other' }),
  ])
  known.add('projectId', own.project.id)
  known.add('publicKey', own.project.publicKey)
  const newKey = (scope: 'read' | 'write') =>
    createSecretKey(db, own.project.id, { name: scope, scopes: [scope] })
  const [reader, writer, revoked] = await Promise.all([newKey('read'), newKey('write'), newKey('write')])
  await revokeKey(db, own.project.id, revoked.id)
  return {
    own: own.secretKey,
    other: other.secretKey,
    reader: reader.secretKey,
    writer: writer.secretKey,
    revoked: revoked.secretKey,
    unknown: `${own.secretKey.slice(0, -1)}_`,
  }
}

function remember({ operation }: Plan, { status, headers, body }: Reply, known: KnownValues): void {
  const isJson = String(headers['content-type']).startsWith('application/json')
  // A new project's things are out of reach of this one's keys.
  if (status >= 300 || !isJson || body === '' || operation.operationId === 'createProject') return
  known.harvest(operation.path, JSON.parse(body))
}

/** By a seed, so that the order is the same again. */
function shuffled<Value>(values: readonly Value[], seed: number): Value[] {
  const [order = []] = fc.sample(fc.shuffledSubarray([...values.keys()], { minLength: values.length }), {
    numRuns: 1,
    seed,
  })
  return order.map((index) => values[index] as Value)
}

function describe({ method, target, headers, body }: WireRequest): string {
  const { authorization = '', ...others } = headers
  const key = authorization.slice(0, 10)
  const shown =
    body &&
    (body.length > 600 ? `${body.subarray(0, 600).toString()}… (${body.length} bytes)` : body.toString())
  return `${method} ${target.slice(0, 300)} ${JSON.stringify({ ...others, ...(key && { authorization: key }) })} ${shown ?? ''}`
}
