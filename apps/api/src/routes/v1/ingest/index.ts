import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { maxBodyBytes, maxItems, type Project } from '@heed/contract'
import {
  displayItemSchema,
  ingestReplySchema,
  ingestRequestSchema,
  lossItemSchema,
  responseItemSchema,
} from '@heed/contract/schema'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { ProblemError } from '../../../errors.ts'
import { acknowledger } from '../../../ingest/acknowledge.ts'
import { admitPage } from '../../../ingest/admit-page.ts'
import { bodyParser } from '../../../ingest/body-parser.ts'
import { commitRows } from '../../../ingest/commit-rows.ts'
import { countryOfHeader } from '../../../ingest/country.ts'
import { findVersions } from '../../../ingest/find-versions.ts'
import { proxyTrust } from '../../../ingest/proxy-trust.ts'
import { type IngestRow, readItem } from '../../../ingest/read-item.ts'
import { allowEveryPage } from '../../../plugins/allow-every-page.ts'
import type { Services } from '../../../services.ts'
import { problemReplies } from '../problem-replies.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Ingest: whose public key the request carries. */
    project: Project
    /** Ingest: characters of the body. */
    bodyLength: number
    /** Ingest: whether the body can hold characters that PostgreSQL cannot store. */
    mayBeUnstorable: boolean
  }
}

const documentedBody = Type.Object({
  ...ingestRequestSchema.properties,
  items: Type.Array(Type.Union([responseItemSchema, displayItemSchema, lossItemSchema]), {
    minItems: 1,
    maxItems,
  }),
})

const route = '/v1/ingest/:publicKey'

/** Takes what pages send. The order of checks: size, key, project, origin, rate, parse, shape, batch, commit, reply. */
export const ingestRoutes: FastifyPluginAsyncTypebox<Services> = async (app, services) => {
  const {
    config,
    eventNames,
    gate,
    limits,
    meters,
    previews,
    projects,
    quotas,
    redactors,
    rejects,
    surveys,
    suspicions,
    tickets,
  } = services
  const isTrusted = proxyTrust(config.trustProxy)
  const { countryHeader } = config
  const acknowledge = acknowledger(meters)
  const seconds = meters.requestSeconds.labels({ method: 'POST', route, status: '200' })

  await app.register(allowEveryPage)
  app.decorateRequest('project', null as unknown as Project)
  app.decorateRequest('bodyLength', 0)
  app.decorateRequest('mayBeUnstorable', false)

  app.removeAllContentTypeParsers()
  // text/plain is what a page can send without a preflight; it holds the same JSON, read by the same safe parser.
  app.addContentTypeParser<string>(
    ['application/json', 'text/plain'],
    { parseAs: 'string' },
    bodyParser(app.getDefaultJsonParser('error', 'error')),
  )

  /** Why this request may not send, undefined when it may; then it knows its project. */
  function refusalOf(request: FastifyRequest, found: Project | null): Error | undefined {
    try {
      request.project = admitPage(request, found, config.publicUrl)
      return undefined
    } catch (error) {
      return error as Error
    }
  }

  app.addHook('onRequest', (request, _reply, done) => {
    const enter = (refusal: Error | undefined) => {
      if (refusal) done(refusal)
      else gate.enter(request.project.id, done)
    }
    if (Number(request.headers['content-length']) > maxBodyBytes) {
      return done(
        new ProblemError('body_too_large', `body: at most ${maxBodyBytes} bytes; send fewer items at once`),
      )
    }
    const { publicKey } = request.params as { publicKey: string }
    const known = projects.peek(publicKey)
    // The address before the project: who is refused takes nothing from the shop whose key it is.
    if (known !== undefined) {
      return enter(
        refusalOf(request, known) ??
          limits.refuseCaller('address', request) ??
          limits.refuseProject(request.project.id),
      )
    }
    // Looking a key up may reach the database, so here the address comes first.
    const refusal = limits.refuseCaller('address', request)
    if (refusal) return done(refusal)
    projects.find(publicKey).then(
      (found) => enter(refusalOf(request, found) ?? limits.refuseProject(request.project.id)),
      (error: Error) => done(error),
    )
  })

  app.post(
    '/:publicKey',
    {
      bodyLimit: maxBodyBytes,
      config: { documentedBody },
      schema: {
        tags: ['public'],
        operationId: 'ingest',
        summary: 'Takes answers, displays and losses',
        description:
          'Acknowledged means committed. The reply has one element for each item, in order; an item without its echo is not acknowledged and may be sent again.',
        consumes: ['text/plain', 'application/json'],
        params: Type.Object({ publicKey: Type.String() }),
        body: ingestRequestSchema,
        response: { 200: ingestReplySchema, ...problemReplies(400, 401, 403, 413, 415, 429, 503) },
      },
    },
    async (request, reply) => {
      const startedMs = performance.now()
      const { project, mayBeUnstorable } = request
      const { sdk, items, preview, events, ticket } = request.body
      const refusal = limits.refuseVisitors(project.id, items)
      if (refusal) throw refusal
      const draft = preview === undefined ? undefined : await previews.read(project.id, preview)
      const versions = findVersions(surveys, project.id, items, draft)
      const known = versions instanceof Promise ? await versions : versions
      const country =
        countryHeader !== undefined && isTrusted(request.raw.socket)
          ? countryOfHeader(request.headers[countryHeader])
          : null
      const isPreview = draft !== undefined
      const redactor = redactors.of(project)
      const redact = redactor instanceof Promise ? await redactor : redactor
      const claim = tickets.read(project.id, ticket)
      const sender = {
        userAgent: request.headers['user-agent'],
        caller: limits.callerOf(request),
        ticket: claim instanceof Promise ? await claim : claim,
        nowMs: Date.now(),
      }
      const origin = { project, redact, country, mayBeUnstorable, nowMs: startedMs, isPreview }
      const read = items.map((item, index) => readItem(item, known[index], origin))
      const rows: IngestRow[] = []
      for (const one of read) if ('row' in one) rows.push(one.row)
      suspicions.mark(rows, sender)
      const outcomes = rows.length > 0 ? await commitRows(services, project.id, rows, request.bodyLength) : []
      quotas.note(project.id, outcomes.filter((outcome) => outcome === 'stored').length, request.bodyLength)
      const text = acknowledge(read, outcomes, (index, refusal) =>
        rejects.note(project.id, items[index], refusal, sdk),
      )
      if (events !== undefined) eventNames.note(project.id, events)
      seconds.observe((performance.now() - startedMs) / 1000)
      // A finished text passes the serializer by.
      return reply.type('application/json; charset=utf-8').send(text as never)
    },
  )
}
